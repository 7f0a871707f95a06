using Microsoft.EntityFrameworkCore;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Logging;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence.Reading;

/// <summary>Reads only: may run beside the writer and on an installation that stands still.</summary>
internal sealed class LedgerAuditor(IDatabase database, ILogDisk disk, SampleAuditor samples) : ILedgerAudit
{
    private const int BatchSize = 500;

    public async Task<LedgerAudit> RunAsync(CancellationToken ct)
    {
        // The index first: what is marked logged now must be in the files that are read after it.
        await using var db = database.Read();
        var indexed = await db.Set<LedgerPosition>().MaxAsync(row => (long?)row.LogIndex, ct) + 1 ?? 0;
        var files = LogFileAudit.Run(disk, ct);
        List<AuditFinding> findings = [.. files.Findings];
        var missing = Math.Max(0, indexed - files.Size);
        if (missing > 0 && !files.Standing.IsHeld) findings.Add(new("index", null, $"the database knows {indexed} logged entries, the signed log holds {files.Size}"));
        // What is signed and not indexed is compared as well: an empty database knows no place in the log, and none of its records.
        foreach (var batch in new LogReader(disk).Envelopes(0).TakeWhile(stored => stored.Index < Math.Max(indexed, files.Size)).Chunk(BatchSize))
        {
            if (findings.Count >= LogVerifier.MaxFindings) break;
            findings.AddRange((await CompareAsync(db, batch, indexed, ct)).Take(LogVerifier.MaxFindings - findings.Count));
        }

        return files with { Waiting = await db.Set<EvidenceOutboxRow>().CountAsync(ct), Findings = findings, Missing = files.Standing.IsHeld ? missing : 0 };
    }

    public Task<SampleAudit> ProveAsync(int count, CancellationToken ct) => samples.ProveAsync(count, ct);

    public Task<SampleAudit> CompareFramesAsync(int hours, CancellationToken ct) => samples.CompareFramesAsync(hours, ct);

    public async Task<int> WaitingAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<EvidenceOutboxRow>().CountAsync(ct);
    }

    private static async Task<List<AuditFinding>> CompareAsync(QingyuanDb db, (long Index, ReadOnlyMemory<byte> Bytes)[] batch, long indexed, CancellationToken ct)
    {
        var records = await IndexedAsync(db, batch[0].Index, batch[^1].Index, ct);
        await AddUnindexedAsync(db, [.. batch.Where(stored => stored.Index >= indexed && !records.ContainsKey(stored.Index))], records, ct);
        List<AuditFinding> findings = [];
        foreach (var (index, bytes) in batch)
        {
            if (!records.TryGetValue(index, out var row)) findings.Add(new(RecordComparison.Name, index, "sealed, but the database has no record of it"));
            else if (RecordComparison.Compare(row, bytes) is (false, var why)) findings.Add(new(RecordComparison.Name, index, why!));
        }

        return findings;
    }

    private static Task<Dictionary<long, LedgerEntryRow>> IndexedAsync(QingyuanDb db, long first, long last, CancellationToken ct) =>
        db.Set<LedgerPosition>().Where(row => row.LogIndex >= first && row.LogIndex <= last)
            .Join(db.Set<LedgerEntryRow>(), position => position.EntryId, entry => entry.Id, (position, entry) => new { position.LogIndex, Entry = entry })
            .ToDictionaryAsync(row => row.LogIndex, row => row.Entry, ct);

    /// <summary>Sealed a moment ago, or the index is still to be rebuilt: the entry itself names its record.</summary>
    private static async Task AddUnindexedAsync(QingyuanDb db, (long Index, ReadOnlyMemory<byte> Bytes)[] beyond, Dictionary<long, LedgerEntryRow> records, CancellationToken ct)
    {
        if (beyond.Length == 0) return;
        var named = beyond.Select(stored => (stored.Index, Record: LogEntries.RecordOf(stored.Bytes))).ToList();
        Guid[] ids = [.. named.Select(pair => pair.Record).OfType<Guid>().Distinct()];
        var rows = await db.Set<LedgerEntryRow>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        foreach (var (index, record) in named)
            if (record is { } id && rows.TryGetValue(id, out var row)) records[index] = row;
    }
}
