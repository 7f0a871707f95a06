using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence.Logging;

/// <summary>Takes records from the outbox into the log, in order: append, seal, then mark logged. One round at a time.</summary>
/// <remarks>
/// A crash between append and mark logs nothing twice: opening reads the entries the index does not know and takes their record ids for done.
/// Any failure closes the log; the next round opens it anew, because only the disk knows what reached it.
/// </remarks>
internal sealed class LogDrain(
    IDatabase database, EvidenceKeys keyStore, ILogDisk disk, TimeProvider clock, ILogger<LogDrain> log) : IDisposable
{
    private const int BatchSize = 256;
    private readonly Dictionary<Guid, AppendedEntry> _unmarked = [];
    private EvidenceLog? _log;

    /// <summary>Entries under a signed checkpoint.</summary>
    public long SealedSize => _log?.SealedSize ?? 0;

    /// <summary>Appended and not yet marked.</summary>
    public int Unmarked => _unmarked.Count;

    public DateTimeOffset? SealedAt { get; private set; }

    /// <summary>One round: append what waits, seal when due, mark what is sealed.</summary>
    /// <returns>True when a full batch was taken: more may wait.</returns>
    public async Task<bool> RoundAsync(CancellationToken ct)
    {
        var finished = false;
        try
        {
            _log ??= await OpenAsync(ct);
            var taken = await AppendAsync(_log, ct);
            if (_log.SealIfDue()) SealedAt = clock.GetUtcNow();
            await MarkAsync(_log.SealedSize, ct);
            finished = true;
            return taken == BatchSize;
        }
        finally
        {
            if (!finished) Close();
        }
    }

    /// <summary>Seals what was appended, without waiting for the second to pass; on a clean stop.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        if (_log is null || _unmarked.Count == 0) return;
        _log.Seal();
        await MarkAsync(_log.SealedSize, ct);
    }

    public void Dispose() => Close();

    private void Close()
    {
        _log?.Dispose();
        _log = null;
        _unmarked.Clear();
    }

    private async Task<EvidenceLog> OpenAsync(CancellationToken ct)
    {
        // A log from a backup waits for a person; until then it needs no keys.
        if (LogSuccession.IsHeld(disk)) throw new LogException(LogTrouble.StateLost, "these are entries of a backup or of another node: see ledger succeed");
        var (known, marked, isWhole) = await IndexAsync(ct);
        // Before anything is made: with a signing state of its own an empty folder would pass for the living log.
        if (known > 0 && !LogSuccession.IsAlive(disk)) throw new LogException(LogTrouble.Behind, $"0 < {known}: no copy of the log is here, see ledger succeed");
        var keys = keyStore.Load();
        var opened = EvidenceLog.Open(disk, keys, clock, new() { Floor = known });
        // An index with holes is read against the whole log: it is only an index.
        foreach (var (index, bytes) in new LogReader(disk).Envelopes(isWhole ? known : 0))
            if (!marked.Contains(index) && Appended(index, bytes) is var (record, entry)) _unmarked[record] = entry;
        Log.Opened(log, keys.Origin, opened.Size, opened.SealedSize, opened.Epoch);
        if (opened.TornBytes > 0) Log.TornEnd(log, opened.TornBytes);
        return opened;
    }

    /// <summary>How far the index reaches, and which entries it has; read whole only when some are missing.</summary>
    private async Task<(long Known, HashSet<long> Marked, bool IsWhole)> IndexAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var positions = db.Set<LedgerPosition>();
        var known = await positions.MaxAsync(row => (long?)row.LogIndex, ct) + 1 ?? 0;
        var isWhole = await positions.LongCountAsync(ct) == known;
        return (known, isWhole ? [] : [.. await positions.Select(row => row.LogIndex).ToListAsync(ct)], isWhole);
    }

    private static (Guid Record, AppendedEntry Entry)? Appended(long index, ReadOnlyMemory<byte> bytes)
    {
        if (!Envelope.TryRead(bytes, out var envelope) || LogEntry.TryRead(envelope!.Entry.Span, out var entry) is not EntryFault.None) throw new LogException(LogTrouble.Damaged, $"entry {index}");
        return LogEntries.RecordOf(entry!) is { } record ? (record, AppendedEntry.Of(index, entry!, bytes.Span)) : null;
    }

    private async Task<int> AppendAsync(EvidenceLog target, CancellationToken ct)
    {
        List<LedgerEntryRow> rows;
        await using (var db = database.Read())
        {
            rows = await db.Set<EvidenceOutboxRow>()
                .OrderBy(waiting => waiting.Ordinal)
                .Take(BatchSize + _unmarked.Count)
                .Join(db.Set<LedgerEntryRow>(), waiting => waiting.EntryId, entry => entry.Id, (waiting, entry) => new { waiting.Ordinal, entry })
                .OrderBy(pair => pair.Ordinal)
                .Select(pair => pair.entry)
                .ToListAsync(ct);
        }

        LedgerEntryRow[] batch = [.. rows.Where(row => !_unmarked.ContainsKey(row.Id)).Take(BatchSize)];
        if (batch.Length == 0) return 0;
        foreach (var (row, entry) in batch.Zip(target.Append([.. batch.Select(LogEntries.From)]))) _unmarked[row.Id] = entry;
        return batch.Length;
    }

    private async Task MarkAsync(long sealedSize, CancellationToken ct)
    {
        KeyValuePair<Guid, AppendedEntry>[] done = [.. _unmarked.Where(pair => pair.Value.Index < sealedSize).OrderBy(pair => pair.Value.Index)];
        var loggedAt = clock.GetUtcNow();
        foreach (var part in done.Chunk(BatchSize))
        {
            await database.WriteAsync((db, token) => PositionAsync(db, part, loggedAt, token), ct);
            foreach (var (record, _) in part) _unmarked.Remove(record);
        }
    }

    private static async Task<int> PositionAsync(QingyuanDb db, KeyValuePair<Guid, AppendedEntry>[] part, DateTimeOffset loggedAt, CancellationToken ct)
    {
        db.AddRange(part.Select(pair => new LedgerPosition
        {
            EntryId = pair.Key,
            LogIndex = pair.Value.Index,
            LeafSha256 = pair.Value.LeafSha256.ToString(),
            Stream = pair.Value.Stream,
            Seq = pair.Value.Seq,
            LoggedAt = loggedAt,
        }));
        Guid[] ids = [.. part.Select(pair => pair.Key)];
        return await db.Set<EvidenceOutboxRow>().Where(row => ids.Contains(row.EntryId)).ExecuteDeleteAsync(ct);
    }
}
