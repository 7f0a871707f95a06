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

    /// <summary>A transaction open for longer belongs to a node that hangs or to a stranger: nobody waits for it any more, at this number or a later one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _givenUp = new(StringComparer.Ordinal);
    private HashSet<string>? _writers;
    private long _missedSince;
    private long? _newest, _decided;

    /// <summary>Of this number and those below nothing new will come. Null before the first reading knows.</summary>
    public long? Settled { get; private set; }

    /// <summary>What came since, by number; at most 500. The first readings give nothing: what was there before is history.</summary>
    public async Task<IReadOnlyList<EventRow>> NextAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        if (Settled is not { } last)
        {
            _newest ??= await db.Set<EventRow>().MaxAsync(row => (long?)row.Seq, ct) ?? 0;
            if (await WritersEndedAsync(db, ct)) Settled = _newest;
            return [];
        }

        while (true)
        {
            var rows = await db.Set<EventRow>().Where(row => row.Seq > last).OrderBy(row => row.Seq).Take(Most).ToListAsync(ct);
            if (rows.Count is 0) return [];
            if (rows[0].Seq == last + 1 || rows[0].Seq <= _decided) return Take(rows);
            if (!await WritersEndedAsync(db, ct)) return [];
            _decided = rows[0].Seq; // read once more: those that ended may have brought a lower one
        }
    }

    private List<EventRow> Take(List<EventRow> rows)
    {
        var whole = 1;
        while (whole < rows.Count && rows[whole].Seq == rows[whole - 1].Seq + 1) whole++;
        (Settled, _writers) = (rows[whole - 1].Seq, null);
        return rows[..whole];
    }

    /// <summary>Whether nobody can commit any more what was missing as this was asked first since the last step.</summary>
    private async Task<bool> WritersEndedAsync(QingyuanDb db, CancellationToken ct)
    {
        if (db is not PostgresDb) return true; // SQLite writes one after the other
        // Whoever inserts has the lock on the table before it draws a number, and until it ends.
        var writing = await db.Database.SqlQuery<string>(
            $"""
             SELECT virtualtransaction AS "Value" FROM pg_locks
             WHERE relation = 'live_event'::regclass AND mode = 'RowExclusiveLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
             """).ToListAsync(ct);
        _givenUp.IntersectWith(writing);
        if (_writers is null) (_writers, _missedSince) = ([.. writing], clock.GetTimestamp());
        _writers.IntersectWith(writing);
        _writers.ExceptWith(_givenUp);
        if (_writers.Count > 0 && clock.GetElapsedTime(_missedSince) < Patience) return false;
        if (_writers.Count > 0) EventLog.GaveUp(log, string.Join(", ", _writers), Patience);
        _givenUp.UnionWith(_writers);
        _writers = null;
        return true;
    }
}
