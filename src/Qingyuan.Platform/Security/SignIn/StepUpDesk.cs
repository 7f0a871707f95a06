using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Security.SignIn;

/// <summary>Takes second factors again and remembers for a few minutes over which sign-in.</summary>
internal sealed class StepUpDesk(IDatabase database, AccountManagers managers, TotpDesk totp, ISecurityJournal journal, IOptions<SecurityOptions> options, TimeProvider clock) : ISecondFactor
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public TimeSpan FreshFor => TimeSpan.FromMinutes(options.Value.StepUpMinutes);

    public bool IsFresh(ICurrentActor person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return _until.TryGetValue(Key(person), out var until) && until > clock.GetUtcNow();
    }

    public async Task<Result<DateTimeOffset>> StepUpAsync(ICurrentActor person, string code, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        var refusal = await database.WriteAsync((db, token) => TakeAsync(db, person.Actor, code, token), ct);
        if (refusal is not null) return refusal;
        var (now, until) = (clock.GetUtcNow(), clock.GetUtcNow() + FreshFor);
        foreach (var (key, old) in _until)
            if (old <= now) _until.TryRemove(key, out _);
        _until[Key(person)] = until;
        return until;
    }

    private async Task<Refusal?> TakeAsync(QingyuanDb db, Actor actor, string code, CancellationToken ct)
    {
        var normalized = managers.Normalize(actor.Id.StartsWith("u:", StringComparison.Ordinal) ? actor.Id[2..] : "");
        var account = await db.Set<AccountRow>().SingleOrDefaultAsync(row => row.NormalizedName == normalized && !row.Disabled, ct);
        if (account?.TotpSince is null) return new("totp.not-enrolled");
        var now = clock.GetUtcNow();
        if (account.LockedUntil > now) return new("sign-in.locked");
        var taken = totp.Take(account, code);
        if (taken) account.FailedCount = 0;
        else if (++account.FailedCount >= options.Value.FailuresToLock) (account.FailedCount, account.LockedUntil) = (0, now.AddMinutes(options.Value.LockMinutes));
        journal.Record(db, taken ? "auth.step-up.ok" : "auth.step-up.fail", $"account:{account.Name}", actor, now, new Dictionary<string, string> { ["name"] = account.Name });
        return taken ? null : new("totp.code-wrong");
    }

    private static string Key(ICurrentActor person) => $"{person.Actor.Id} {person.Credential}";
}
