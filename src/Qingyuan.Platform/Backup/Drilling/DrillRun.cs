using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Restoring;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Backup.Drilling;

/// <summary>One drill: restore into a scratch folder, open it, ask it something, then check everything. Nothing of it is started: it would send notices and commands.</summary>
internal sealed class DrillRun(IInstallations installations, IOptions<BackupOptions> options, TimeProvider clock)
{
    private const int Proofs = 1000;
    private const int Hours = 48;

    /// <summary>Called when the restored installation has answered; a test looks at its own clock then.</summary>
    internal Action? Answered { get; set; }

    /// <exception cref="VaultException">The backup cannot be read.</exception>
    /// <exception cref="IOException">A disk failed.</exception>
    public async Task<DrillReport> RunAsync(BackupInfo backup, VaultKey key, string scratch, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        try
        {
            return await CheckAsync(backup, key, scratch, began, ct);
        }
        finally
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task<DrillReport> CheckAsync(BackupInfo backup, VaultKey key, string scratch, DateTimeOffset began, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var manifest = Manifest.Read(backup.Path, key);
        var pace = new Pace(options.Value.BytesPerSecond);
        await RestoredInstallation.WriteAsync(Path.GetDirectoryName(backup.Path)!, key, manifest, scratch, pace, ct);
        var findings = FileRestorer.CompareRows(manifest, scratch).ToList();
        await using var installation = await RestoredInstallation.OpenAsync(installations, manifest, scratch, null, ct);
        var services = installation.Services;
        await Restoration.AlignAsync(services, ct);
        _ = await services.GetRequiredService<ILedgerReader>().ListAsync(new(Limit: 1), ct); // it answers: from here on people could work
        var rto = (watch.Elapsed - pace.Waited).TotalSeconds; // who restores after a loss has nobody to go slowly for
        Answered?.Invoke();

        var telemetry = await services.GetRequiredService<ITelemetryAudit>().RunAsync(ct);
        var audit = services.GetRequiredService<ILedgerAudit>();
        var ledger = await audit.RunAsync(ct);
        var proofs = await audit.ProveAsync(Proofs, ct);
        var digests = await audit.CompareFramesAsync(Hours, ct);
        findings.AddRange(telemetry.Findings.Select(finding => $"{finding.Check} {finding.Where}: {finding.Detail}"));
        // Before the first seal there is no log to audit; one whose checkpoint was taken away fails by its proofs.
        if (ledger.Origin is not null) findings.AddRange(ledger.Findings.Select(finding => $"ledger {finding.Check}: {finding.Detail}"));
        findings.AddRange(proofs.Failed.Concat(digests.Failed));
        var blobs = await services.GetRequiredService<BlobAudit>().RunAsync(Pace.Full, ct);
        findings.AddRange(blobs.Findings.Select(finding => finding.ToString()));
        return new(
            Guid.CreateVersion7(), began, backup.Path, Math.Round(rto, 3), Math.Round((began - backup.TakenAt).TotalSeconds, 1), telemetry.Frames, telemetry.Chunks, proofs.Checked, digests.Checked, findings.Count is 0, findings);
    }
}
