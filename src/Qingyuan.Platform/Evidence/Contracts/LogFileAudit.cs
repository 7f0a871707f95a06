using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;
using Qingyuan.Platform.Evidence.Reading;

namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>Verifies the files of a log and nothing else: what anybody can do who was given them.</summary>
public static class LogFileAudit
{
    public static LedgerAudit Run(ILogDisk disk, CancellationToken ct)
    {
        var standing = LogStanding.Of(disk);
        var report = LogVerifier.Run(disk, ct: ct);
        if (standing.IsHeld && report.Findings.Any(IsOfTiles)) report = WithTiles(disk, report, ct);
        return new(report.Origin, report.Size, report.Unsealed, 0, [.. report.Findings.Select(finding => new AuditFinding(finding.Check, finding.Index, finding.Detail))]) { Standing = standing };
    }

    /// <summary>
    /// Copies and backups carry entries, checkpoints and keys; tiles follow from them and are made when a successor begins. Until then they are made for the
    /// verification alone, elsewhere, for it reads only. Tiles that are there and wrong stay a finding.
    /// </summary>
    private static LogReport WithTiles(ILogDisk disk, LogReport asTheyAre, CancellationToken ct)
    {
        var scratch = Directory.CreateTempSubdirectory("qingyuan-verify-");
        try
        {
            var whole = new TiledDisk(disk, new PhysicalDisk(scratch.FullName));
            LogRestoration.Rebuild(whole);
            return LogVerifier.Run(whole, ct: ct);
        }
        catch (LogException damage)
        {
            return asTheyAre with { Findings = [new("entries", null, damage.Message), .. asTheyAre.Findings] };
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static bool IsOfTiles(LogFinding finding) => finding.Check is "bundle" || finding.Check.StartsWith("tile-", StringComparison.Ordinal);
}
