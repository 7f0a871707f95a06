using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Stations.Events;

/// <summary>
/// Reads events in the order of their numbers, and never past a number that may still be committed: PostgreSQL draws a number before the commit, so a lower one can come after a higher.
/// A number that is missing is passed over when every transaction that wrote events as it was missed has ended. One reader, one call at a time.
/// </summary>
internal sealed class SettledEvents(IDatabase database, TimeProvider clock, ILogger log)
{
    private const int Most = 500;

    /// <summary>A transaction open for longer belongs to a node that hangs or to a stranger: the others' pages do not stand still for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private HashSet<string>? _writers;
    private DateTimeOffset _missedSince;
    private long? _newest, _passed;

    /// <summary>Of this number and those below nothing new will come. Null before the first reading knows.</summary>
    public long? Settled { get; private set; }

    /// <summary>What came since, by number; at most 500. The first readings give nothing: what was there before is history.</summary>
    public async Task<IReadOnlyList<EventRow>> NextAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        if (Settled is not { } last)
        {
            _newest ??= await db.Set<EventRow>().MaxAsync(row => (long?)row.Seq, ct) ?? 0;
            if (await WritersEndedAsync(db, _newest.Value, ct)) Settled = _newest;
            return [];
        }

        while (true)
        {
            var rows = await db.Set<EventRow>().Where(row => row.Seq > last).OrderBy(row => row.Seq).Take(Most).ToListAsync(ct);
            if (rows.Count is 0) return [];
            if (rows[0].Seq == last + 1 || _passed == last) return Take(rows);
            if (!await WritersEndedAsync(db, last, ct)) return [];
            _passed = last; // read once more: those that ended may have brought it
        }
    }

    private List<EventRow> Take(List<EventRow> rows)
    {
        var whole = 1;
        while (whole < rows.Count && rows[whole].Seq == rows[whole - 1].Seq + 1) whole++;
        (Settled, _writers) = (rows[whole - 1].Seq, null);
        return rows[..whole];
    }

    private async Task<bool> WritersEndedAsync(QingyuanDb db, long last, CancellationToken ct)
    {
        if (!db.Database.IsNpgsql()) return true; // SQLite writes one after the other
        // Whoever inserts has the lock on the table before it draws a number, and until it ends.
        var writing = await db.Database.SqlQuery<string>(
            $"""
             SELECT virtualtransaction AS "Value" FROM pg_locks
             WHERE relation = 'live_event'::regclass AND mode = 'RowExclusiveLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
             """).ToListAsync(ct);
        if (_writers is null) (_writers, _missedSince) = ([.. writing], clock.GetUtcNow());
        _writers.IntersectWith(writing);
        if (_writers.Count > 0 && clock.GetUtcNow() - _missedSince < Patience) return false;
        if (_writers.Count > 0) EventLog.PassedOver(log, last + 1, Patience);
        _writers = null;
        return true;
    }
}
