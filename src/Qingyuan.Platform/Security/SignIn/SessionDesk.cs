using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.SignIn;

/// <summary>Which sessions are alive. Asked on every request, so answers are remembered briefly; on this node a change is seen at once, on others within the memory's time.</summary>
internal sealed class SessionDesk(IDatabase database, IOptions<SecurityOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    private TimeSpan Idle => TimeSpan.FromMinutes(options.Value.IdleMinutes);

    private TimeSpan Longest => TimeSpan.FromHours(options.Value.SessionHours);

    public static SessionRow Start(QingyuanDb db, AccountRow account, string remote, DateTimeOffset now)
    {
        var session = new SessionRow { AccountId = account.Id, Remote = remote, StartedAt = now, LastSeenAt = now };
        db.Add(session);
        return session;
    }

    /// <summary>True while the session may act.</summary>
    /// <param name="id">From the cookie.</param>
    /// <param name="stamp">The account's security stamp at sign-in.</param>
    /// <param name="active">The person did something: the idle clock starts anew.</param>
    /// <param name="ct">Cancels the look.</param>
    public async Task<bool> IsAliveAsync(Guid id, string stamp, bool active, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!_known.TryGetValue(id, out var known) || now - known.LookedAt > Memory) _known[id] = known = await LookAsync(id, now, ct);
        if (known.Ended || known.Stamp != stamp || now - known.StartedAt >= Longest || now - known.LastSeenAt >= Idle) return false;
        if (!active) return true;
        if (now - known.StoredSeenAt >= SeenPrecision) await StoreSeenAsync(id, now, ct);
        _known[id] = known with { LastSeenAt = now, StoredSeenAt = now - known.StoredSeenAt >= SeenPrecision ? now : known.StoredSeenAt };
        return true;
    }

    public void End(QingyuanDb db, SessionRow session, DateTimeOffset now)
    {
        session.EndedAt = now;
        db.AfterCommit(Forget);
    }

    /// <summary>Everything is looked up anew: something changed.</summary>
    public void Forget()
    {
        foreach (var (id, known) in _known) _known.TryUpdate(id, known with { LookedAt = DateTimeOffset.MinValue }, known);
    }

    private async Task<Known> LookAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = database.Read();
        var found = await db.Set<SessionRow>().Where(row => row.Id == id)
            .Join(db.Set<AccountRow>(), session => session.AccountId, account => account.Id, (session, account) => new { Session = session, account.SecurityStamp, account.Disabled })
            .SingleOrDefaultAsync(ct);
        if (found is null) return new(true, "", default, default, default, now);
        // What this node saw last may be newer than what was stored.
        var seen = _known.TryGetValue(id, out var before) && before.LastSeenAt > found.Session.LastSeenAt ? before.LastSeenAt : found.Session.LastSeenAt;
        return new(found.Session.EndedAt is not null || found.Disabled, found.SecurityStamp, found.Session.StartedAt, seen, found.Session.LastSeenAt, now);
    }

    private Task<int> StoreSeenAsync(Guid id, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        (db, token) => db.Set<SessionRow>().Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(session => session.LastSeenAt, now), token), ct);

    private sealed record Known(bool Ended, string Stamp, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset StoredSeenAt, DateTimeOffset LookedAt);
}
