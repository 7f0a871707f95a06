using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Security.SignIn;

/// <summary>A person's own second factor: enrolled with one correct code, then asked at every sign-in.</summary>
internal sealed class TotpDesk(IDatabase database, AccountManagers managers, ISecretProtector secrets, ISecurityJournal journal, TimeProvider clock)
{
    private const int RecoveryCodes = 10;

    public Task<Result<TotpEnrolment>> StartAsync(Actor actor, CancellationToken ct) => OwnAsync<TotpEnrolment>(actor, (_, account) =>
    {
        if (account.TotpSince is not null) return new Refusal("totp.already-enrolled");
        var key = RandomNumberGenerator.GetBytes(Totp.KeyBytes);
        account.TotpKey = secrets.Protect(key);
        var text = Totp.ToBase32(key);
        return new TotpEnrolment(text, new Uri($"otpauth://totp/Qingyuan:{Uri.EscapeDataString(account.Name)}?secret={text}&issuer=Qingyuan"));
    }, ct);

    public Task<Result<IReadOnlyList<string>>> ConfirmAsync(string code, Actor actor, CancellationToken ct) => OwnAsync<IReadOnlyList<string>>(actor, (db, account) =>
    {
        if (account is not { TotpKey: { } key, TotpSince: null }) return new Refusal("totp.not-started");
        var now = clock.GetUtcNow();
        if (Totp.Match(secrets.Unprotect(key), code, now, account.TotpStep) is not { } step) return new Refusal("totp.code-wrong");
        string[] recovery = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => OneTimePassword.New())];
        (account.TotpSince, account.TotpStep, account.RecoveryDigests) = (now, step, string.Join(',', recovery.Select(Digest)));
        journal.Record(db, "auth.totp.enrol", $"account:{account.Name}", actor, now, new Dictionary<string, string> { ["name"] = account.Name });
        return ResultOf.Ok<IReadOnlyList<string>>(recovery);
    }, ct);

    /// <summary>Takes a code or a recovery code of <paramref name="account"/>, which is tracked by the act; neither is good twice.</summary>
    public bool Take(AccountRow account, string code)
    {
        if (account is not { TotpKey: { } key, TotpSince: not null }) return false;
        if (Totp.Match(secrets.Unprotect(key), code, clock.GetUtcNow(), account.TotpStep) is { } step)
        {
            account.TotpStep = step;
            return true;
        }

        var left = account.RecoveryDigests.Split(',', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!left.Remove(Digest(code.Trim().ToLowerInvariant()))) return false;
        account.RecoveryDigests = string.Join(',', left);
        return true;
    }

    private static string Digest(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    private Task<Result<T>> OwnAsync<T>(Actor actor, Func<QingyuanDb, AccountRow, Result<T>> act, CancellationToken ct)
        where T : notnull => database.WriteAsync<Result<T>>(async (db, token) =>
    {
        var normalized = managers.Normalize(actor.Id.StartsWith("u:", StringComparison.Ordinal) ? actor.Id[2..] : "");
        var account = await db.Set<AccountRow>().SingleOrDefaultAsync(row => row.NormalizedName == normalized, token);
        return account is null ? new Refusal("account.not-found", actor.Id) : act(db, account);
    }, ct);
}
