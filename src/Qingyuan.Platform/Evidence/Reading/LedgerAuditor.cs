using Microsoft.EntityFrameworkCore;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;
using Qingyuan.Platform.Evidence.Contracts;
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
        var report = LogVerifier.Run(disk, ct: ct);
        List<AuditFinding> findings = [.. report.Findings.Select(finding => new AuditFinding(finding.Check, finding.Index, finding.Detail))];
        if (indexed > report.Size) findings.Add(new("index", null, $"the database knows {indexed} logged entries, the signed log holds {report.Size}"));
        foreach (var batch in new LogReader(disk).Envelopes(0).TakeWhile(stored => stored.Index < indexed).Chunk(BatchSize))
        {
            if (findings.Count >= LogVerifier.MaxFindings) break;
            await CompareAsync(db, batch, findings, ct);
        }

        return new(report.Origin, report.Size, report.Unsealed, await db.Set<EvidenceOutboxRow>().CountAsync(ct), findings);
    }

    public Task<SampleAudit> ProveAsync(int count, CancellationToken ct) => samples.ProveAsync(count, ct);

    public Task<SampleAudit> CompareFramesAsync(int hours, CancellationToken ct) => samples.CompareFramesAsync(hours, ct);

    public async Task<int> WaitingAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<EvidenceOutboxRow>().CountAsync(ct);
    }

    private static async Task CompareAsync(QingyuanDb db, (long Index, ReadOnlyMemory<byte> Bytes)[] batch, List<AuditFinding> findings, CancellationToken ct)
    {
        var (first, last) = (batch[0].Index, batch[^1].Index);
        var records = await db.Set<LedgerPosition>().Where(row => row.LogIndex >= first && row.LogIndex <= last)
            .Join(db.Set<LedgerEntryRow>(), position => position.EntryId, entry => entry.Id, (position, entry) => new { position.LogIndex, Entry = entry })
            .ToDictionaryAsync(row => row.LogIndex, row => row.Entry, ct);
        foreach (var (index, bytes) in batch)
        {
            if (!records.TryGetValue(index, out var row)) findings.Add(new(RecordComparison.Name, index, "sealed, but the database has no record of it"));
            else if (RecordComparison.Compare(row, bytes) is (false, var why)) findings.Add(new(RecordComparison.Name, index, why!));
        }
    }
}
