using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Logging;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Evidence.Restored;

/// <summary>Brings database and log files of one backup together. They were copied one after the other, the log first.</summary>
internal sealed class RestoredLedger(IDatabase database, ILogDisk disk, EvidenceKeys keys, IElectronicLedger ledger, TimeProvider clock) : IRestoredLedger
{
    public bool IsHeld => LogSuccession.IsHeld(disk);

    public async Task<LedgerAlignment> AlignAsync(CancellationToken ct)
    {
        var restored = LogRestoration.Rebuild(disk);
        return new(restored.Origin, restored.Size, await RequeueAsync(restored.Size, ct));
    }

    public async Task<Result<LedgerSuccession>> SucceedAsync(string? reason, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("ledger.reason-missing");
        if (!IsHeld) return await NotHeldAsync(ct);
        try
        {
            await AlignAsync(ct); // a copy that a waiting node kept was never aligned with the database; for a restored one nothing changes
        }
        catch (LogException error)
        {
            return new Refusal("ledger.not-verified", error.Message);
        }

        var report = LogVerifier.Run(disk, ct: ct);
        if (!report.Ok && report.Origin is not null) return new Refusal("ledger.not-verified", string.Join("; ", report.Findings.Take(3).Select(finding => $"{finding.Check}: {finding.Detail}")));
        var succession = new LedgerSuccession(LogSuccession.NameAfter(report.Origin ?? keys.Origin), report.Origin, report.Size);
        await database.WriteAsync((db, _) => Task.FromResult(ledger.Record(db, Told(succession, reason.Trim(), actor))), ct);
        keys.SetAside();
        LogSuccession.Begin(disk, succession.Origin);
        return succession;
    }

    /// <summary>A log with fewer entries than the database knows stands still as well; no successor may begin without them while they can be somewhere.</summary>
    private async Task<Refusal> NotHeldAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var known = await db.Set<LedgerPosition>().MaxAsync(row => (long?)row.LogIndex, ct) + 1 ?? 0;
        var here = new LogReader(disk).Checkpoint(HashSuite.Sha256)?.Checkpoint.Size ?? 0;
        return known > here ? new("ledger.behind", Text(here), Text(known)) : new("ledger.not-restored");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Positions beyond the checkpoint that came back are of a log nobody has any more. The outbox is made anew, so that the old order stays; entries that came back beyond the checkpoint, because
    /// their file was copied after it, are found again by whoever opens the successor.
    /// </summary>
    private async Task<int> RequeueAsync(long signed, CancellationToken ct)
    {
        await using var db = database.Read();
        var lost = await db.Set<LedgerPosition>().Where(row => row.LogIndex >= signed).OrderBy(row => row.LogIndex).Select(row => row.EntryId).ToListAsync(ct);
        if (lost.Count == 0) return 0;
        var waiting = await db.Set<EvidenceOutboxRow>().OrderBy(row => row.Ordinal).Select(row => row.EntryId).ToListAsync(ct);
        return await database.WriteAsync(
            async (write, token) =>
            {
                await write.Set<LedgerPosition>().Where(row => row.LogIndex >= signed).ExecuteDeleteAsync(token);
                await write.Set<EvidenceOutboxRow>().ExecuteDeleteAsync(token);
                foreach (var id in lost.Concat(waiting).Distinct())
                {
                    write.Add(new EvidenceOutboxRow { EntryId = id });
                    await write.SaveChangesAsync(token); // one by one: their numbers are their order
                }

                return lost.Count;
            },
            ct);
    }

    private LedgerEntryDraft Told(LedgerSuccession succession, string reason, Actor actor) => new(
        "ledger.succession", null, null, null, actor, clock.GetUtcNow(),
        new JsonObject
        {
            ["origin"] = succession.Origin,
            ["predecessor"] = succession.Predecessor ?? "",
            ["size"] = Text(succession.Size),
            ["reason"] = reason,
        });
}
