using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.FirstAccounts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.SignIn;

/// <summary>What an attempt led to.</summary>
internal enum SignInOutcome
{
    /// <summary>Wrong name or password, or disabled: not told apart.</summary>
    Wrong,
    Locked,
    CodeNeeded,
    CodeWrong,
    PasswordChangeNeeded,
    PasswordWeak,
    PasswordSame,
    SignedIn,
}

/// <param name="Account">Set unless the outcome is <see cref="SignInOutcome.Wrong"/> or <see cref="SignInOutcome.Locked"/>.</param>
/// <param name="Session">Set when signed in.</param>
internal sealed record SignInResult(SignInOutcome Outcome, AccountRow? Account = null, SessionRow? Session = null);

/// <summary>Sign-in in its steps: password, second factor where enrolled, new password where it was a one-time one. Each failure counts and is an entry.</summary>
internal sealed class SignInDesk(
    IDatabase database, AccountManagers managers, TotpDesk totp, SessionDesk sessions, FirstSignInFile firstSignIn, ISecurityJournal journal, IOptions<SecurityOptions> options, TimeProvider clock)
{
    // Compared when there is no such account, so that the answer takes as long.
    private readonly Lazy<string> _decoy = new(() => managers.Hasher.HashPassword(new AccountRow { Role = "" }, OneTimePassword.New()));

    public async Task<SignInResult> PasswordAsync(string name, string password, string remote, CancellationToken ct)
    {
        // The slow hash is computed outside the transaction: it must not hold the one writer.
        var (known, fits) = await CheckAsync(name, password, ct);
        return await database.WriteAsync(async (db, token) =>
        {
            var account = known is null ? null : await db.Set<AccountRow>().SingleAsync(row => row.Id == known.Id, token);
            if (account is null || account.Disabled || account.PasswordHash != known!.PasswordHash) return Failed(db, account, name, remote, "unknown-or-disabled");
            if (account.LockedUntil > clock.GetUtcNow()) return Locked(db, account, remote);
            if (!fits) return Failed(db, account, name, remote, "password");
            if (account.TotpSince is not null) return new SignInResult(SignInOutcome.CodeNeeded, account);
            return account.MustChangePassword ? new SignInResult(SignInOutcome.PasswordChangeNeeded, account) : SignedIn(db, account, remote, "password");
        }, ct);
    }

    public Task<SignInResult> CodeAsync(Guid accountId, string stamp, string code, string remote, CancellationToken ct) => database.WriteAsync(async (db, token) =>
    {
        if (await PendingAsync(db, accountId, stamp, token) is not { } account) return new SignInResult(SignInOutcome.Wrong);
        if (account.LockedUntil > clock.GetUtcNow()) return Locked(db, account, remote);
        if (!totp.Take(account, code)) return CodeFailed(Failed(db, account, account.Name, remote, "totp"));
        return account.MustChangePassword ? new SignInResult(SignInOutcome.PasswordChangeNeeded, account) : SignedIn(db, account, remote, "totp");
    }, ct);

    /// <summary>Takes a new password, by someone who knows the current one; ends all other sessions and starts a new one.</summary>
    public async Task<SignInResult> ChangePasswordAsync(Guid accountId, string stamp, string current, string next, string remote, string authentication, bool pending, CancellationToken ct)
    {
        return await database.WriteAsync(async (db, token) =>
        {
            if (await PendingAsync(db, accountId, stamp, token) is not { } account) return new SignInResult(SignInOutcome.Wrong);
            if (account.LockedUntil > clock.GetUtcNow()) return Locked(db, account, remote);
            if (pending && account.TotpSince is not null && authentication is not "totp") return Failed(db, account, account.Name, remote, "totp-skipped");
            var users = managers.For(db);
            if (!await users.CheckPasswordAsync(account, current)) return Failed(db, account, account.Name, remote, "password");
            if (current == next) return new SignInResult(SignInOutcome.PasswordSame, account);
            if (!(await users.ChangePasswordAsync(account, current, next)).Succeeded) return new SignInResult(SignInOutcome.PasswordWeak, account);
            account.MustChangePassword = false;
            db.AfterCommit(sessions.Forget);
            db.AfterCommit(() => firstSignIn.Used(account.Name));
            Record(db, "auth.password.change", account, remote);
            return SignedIn(db, account, remote, authentication);
        }, ct);
    }

    public Task<bool> SignOutAsync(Guid sessionId, CancellationToken ct) => database.WriteAsync(async (db, token) =>
    {
        if (await db.Set<SessionRow>().SingleOrDefaultAsync(row => row.Id == sessionId && row.EndedAt == null, token) is not { } session) return false;
        sessions.End(db, session, clock.GetUtcNow());
        Record(db, "auth.logout", await db.Set<AccountRow>().SingleAsync(row => row.Id == session.AccountId, token), session.Remote);
        return true;
    }, ct);

    private async Task<(AccountRow? Account, bool Fits)> CheckAsync(string name, string password, CancellationToken ct)
    {
        await using var db = database.Read();
        var normalized = managers.Normalize(name);
        var account = await db.Set<AccountRow>().SingleOrDefaultAsync(row => row.NormalizedName == normalized, ct);
        var verdict = managers.Hasher.VerifyHashedPassword(account!, account?.PasswordHash ?? _decoy.Value, password);
        return (account, account is not null && verdict is not PasswordVerificationResult.Failed);
    }

    private static async Task<AccountRow?> PendingAsync(QingyuanDb db, Guid id, string stamp, CancellationToken ct) =>
        await db.Set<AccountRow>().SingleOrDefaultAsync(row => row.Id == id && row.SecurityStamp == stamp && !row.Disabled, ct);

    private SignInResult SignedIn(QingyuanDb db, AccountRow account, string remote, string authentication)
    {
        var now = clock.GetUtcNow();
        (account.FailedCount, account.LockedUntil, account.LastSignInAt) = (0, null, now);
        var session = SessionDesk.Start(db, account, remote, now);
        journal.Record(db, "auth.login.ok", $"account:{account.Name}", account.ToActor(authentication), now, new Dictionary<string, string> { ["name"] = account.Name, ["address"] = remote });
        return new(SignInOutcome.SignedIn, account, session);
    }

    private SignInResult Failed(QingyuanDb db, AccountRow? account, string name, string remote, string why)
    {
        var now = clock.GetUtcNow();
        var typed = name.Length > 64 ? name[..64] : name;
        var safe = new string([.. typed.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]);
        journal.Record(db, "auth.login.fail", $"account:{safe}", Actor.Service("sign-in", account?.Organisation ?? ""), now, new Dictionary<string, string> { ["name"] = safe, ["address"] = remote, ["why"] = why });
        if (account is null || ++account.FailedCount < options.Value.FailuresToLock) return new(SignInOutcome.Wrong, account);
        (account.FailedCount, account.LockedUntil) = (0, now.AddMinutes(options.Value.LockMinutes));
        Record(db, "auth.lock-out", account, remote);
        return new(SignInOutcome.Locked, account);
    }

    // Not by LockedUntil, which may be one that has expired.
    private static SignInResult CodeFailed(SignInResult failed) => failed.Outcome is SignInOutcome.Locked ? failed : failed with { Outcome = SignInOutcome.CodeWrong };

    private SignInResult Locked(QingyuanDb db, AccountRow account, string remote)
    {
        Record(db, "auth.login.refused-locked", account, remote);
        return new(SignInOutcome.Locked);
    }

    private void Record(QingyuanDb db, string kind, AccountRow account, string remote) =>
        journal.Record(db, kind, $"account:{account.Name}", account.ToActor("password"), clock.GetUtcNow(), new Dictionary<string, string> { ["name"] = account.Name, ["address"] = remote });
}
