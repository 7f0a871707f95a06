using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.SignIn;
using Qingyuan.Platform.Security.Tokens;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Security.Accounts;

/// <summary>Accounts and their second factors; tokens are handed to <see cref="TokenDesk"/>.</summary>
internal sealed class AccountsDesk(
    IDatabase database, AccountManagers managers, TotpDesk totp, TokenDesk tokens, SessionDesk sessions, ISecurityJournal journal, Organisation installation, TimeProvider clock) : IAccounts
{
    private const int LongestOrganisation = 200;

    public async Task<IReadOnlyList<AccountView>> ListAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return [.. (await db.Set<AccountRow>().OrderBy(row => row.Name).ToListAsync(ct)).Select(row => row.ToView())];
    }

    public async Task<AccountView?> FindAsync(string name, CancellationToken ct)
    {
        await using var db = database.Read();
        return (await ByNameAsync(db, name, ct))?.ToView();
    }

    public Task<Result<OneTimeSecret>> AddAsync(string name, string role, string? organisation, Actor actor, CancellationToken ct) =>
        AddAsync(name, role, organisation, OneTimePassword.New(), actor, ct);

    /// <summary>With a one-time password that somebody already keeps.</summary>
    public Task<Result<OneTimeSecret>> AddAsync(string name, string role, string? organisation, string password, Actor actor, CancellationToken ct)
    {
        if (!IsName(name)) return Task.FromResult<Result<OneTimeSecret>>(new Refusal("account.name-invalid", "name", "a-z A-Z 0-9 . _ - @ (1-64)"));
        if (OrganisationFault(role, organisation) is { } fault) return Task.FromResult<Result<OneTimeSecret>>(fault);
        return database.WriteAsync((db, token) => AddAsync(db, (name, role, organisation ?? DefaultOrganisation(role), password), actor, token), ct);
    }

    public Task<Result<AccountView>> DisableAsync(string name, Actor actor, CancellationToken ct) => ChangeAsync(name, "auth.account.disable", actor, async (db, account, token) =>
    {
        if (account.Role == Roles.SecurityAdmin
            && !await db.Set<AccountRow>().AnyAsync(row => row.Role == Roles.SecurityAdmin && !row.Disabled && row.Id != account.Id, token)) return new Refusal("account.last-security-admin", account.Name);
        account.Disabled = true;
        return null;
    }, ct);

    public Task<Result<AccountView>> EnableAsync(string name, Actor actor, CancellationToken ct) => ChangeAsync(name, "auth.account.enable", actor, (_, account, _) =>
    {
        (account.Disabled, account.FailedCount, account.LockedUntil) = (false, 0, null);
        return Task.FromResult<Refusal?>(null);
    }, ct);

    public async Task<Result<OneTimeSecret>> ResetPasswordAsync(string name, Actor actor, CancellationToken ct)
    {
        var password = OneTimePassword.New();
        var changed = await ChangeAsync(name, "auth.account.reset-password", actor, (_, account, _) =>
        {
            account.PasswordHash = managers.Hasher.HashPassword(account, password);
            (account.MustChangePassword, account.FailedCount, account.LockedUntil) = (true, 0, null);
            (account.TotpKey, account.TotpSince, account.RecoveryDigests) = (null, null, "");
            return Task.FromResult<Refusal?>(null);
        }, ct);
        return changed.TryGet(out var view, out var refusal) ? new OneTimeSecret(view, password) : refusal;
    }

    public Task<Result<TotpEnrolment>> StartTotpAsync(Actor actor, CancellationToken ct) => totp.StartAsync(actor, ct);

    public Task<Result<IReadOnlyList<string>>> ConfirmTotpAsync(string code, Actor actor, CancellationToken ct) => totp.ConfirmAsync(code, actor, ct);

    public Task<IReadOnlyList<TokenView>> TokensAsync(CancellationToken ct) => tokens.ListAsync(ct);

    public Task<Result<NewToken>> CreateTokenAsync(string label, string role, string? organisation, int? days, Actor actor, CancellationToken ct) =>
        CreateTokenAsync(label, role, organisation, days, null, actor, ct);

    public async Task<Result<NewToken>> CreateTokenAsync(string label, string role, string? organisation, int? days, string? user, Actor actor, CancellationToken ct) =>
        OrganisationFault(role, organisation) is { } fault ? fault : await tokens.CreateAsync(new(label, role, organisation ?? DefaultOrganisation(role), days, user), actor, ct);

    public Task<Result<TokenView>> RevokeTokenAsync(Guid id, Actor actor, CancellationToken ct) => tokens.RevokeAsync(id, actor, ct);

    public Task<AccountRow?> ByNameAsync(QingyuanDb db, string name, CancellationToken ct)
    {
        var normalized = managers.Normalize(name);
        return db.Set<AccountRow>().SingleOrDefaultAsync(row => row.NormalizedName == normalized, ct);
    }

    private async Task<Result<OneTimeSecret>> AddAsync(QingyuanDb db, (string Name, string Role, string Organisation, string Password) wanted, Actor actor, CancellationToken ct)
    {
        var (name, role, organisation, password) = wanted;
        if (await ByNameAsync(db, name, ct) is { } other)
            return Roles.Administrators.Contains(role) && Roles.Administrators.Contains(other.Role) && role != other.Role
                ? new Refusal("account.administrators-disjoint", other.Name, other.Role, role)
                : new Refusal("account.name-taken", other.Name);
        var now = clock.GetUtcNow();
        var account = new AccountRow { Name = name, Role = role, Organisation = organisation, MustChangePassword = true, CreatedAt = now };
        var created = await managers.For(db).CreateAsync(account, password);
        if (!created.Succeeded) throw new InvalidOperationException("A generated password was refused: " + string.Join(' ', created.Errors.Select(error => error.Code)));
        journal.Record(db, "auth.account.add", $"account:{name}", actor, now, new Dictionary<string, string> { ["name"] = name, ["role"] = role, ["organisation"] = organisation });
        return new OneTimeSecret(account.ToView(), password);
    }

    private Task<Result<AccountView>> ChangeAsync(string name, string kind, Actor actor, Func<QingyuanDb, AccountRow, CancellationToken, Task<Refusal?>> change, CancellationToken ct) =>
        database.WriteAsync<Result<AccountView>>(async (db, token) =>
        {
            if (await ByNameAsync(db, name, token) is not { } account) return new Refusal("account.not-found", name);
            if (await change(db, account, token) is { } refusal) return refusal;
            await managers.For(db).UpdateSecurityStampAsync(account);
            db.AfterCommit(sessions.Forget);
            journal.Record(db, kind, $"account:{account.Name}", actor, clock.GetUtcNow(), new Dictionary<string, string> { ["name"] = account.Name, ["role"] = account.Role });
            return account.ToView();
        }, ct);

    private static Refusal? OrganisationFault(string role, string? organisation)
    {
        if (!Roles.All.Contains(role)) return new Refusal("account.role-invalid", "role", string.Join(" | ", Roles.All));
        if (role == Roles.Discharger && string.IsNullOrWhiteSpace(organisation)) return new Refusal("account.organisation-missing", "organisation");
        return InputText.Fault(organisation, LongestOrganisation) is { } fault ? new Refusal("account.organisation-invalid", "organisation", fault) : null;
    }

    // A regulator without an assignment watches all of the installation.
    private string DefaultOrganisation(string role) => role == Roles.Regulator ? "" : installation.Code;

    private static bool IsName(string? name) =>
        name is { Length: >= 1 and <= 64 } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '@');
}
