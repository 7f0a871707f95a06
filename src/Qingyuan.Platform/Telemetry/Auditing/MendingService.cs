using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>
/// Has mended what turned out to be damaged between two walks, within a minute: whoever reads the period meanwhile misses values. At the start what the last run could not
/// finish. What is left then is an alarm; only a walk, which reads everything, ends it.
/// </summary>
internal sealed class MendingService(Mending mending, OpenChunks open, DamagedFiles files, IDamageReport alarm, TimeProvider clock, ILogger<MendingService> log)
    : RecurringService(TimeSpan.FromMinutes(1), clock, log)
{
    private volatile bool _isWanted = true;

    protected override bool AtOnce => true;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        open.Damaged += Want;
        files.Met += Want;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        open.Damaged -= Want;
        files.Met -= Want;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task LookAsync(CancellationToken ct)
    {
        if (!_isWanted) return;
        _isWanted = false; // before working: what is met meanwhile is worked off by the next look
        try
        {
            var mended = await mending.WorkOffAsync([], [], _ => false, ct);
            if (mended.IsToBeTriedAgain) _isWanted = true;
            List<TelemetryFinding> left = [.. files.All.Select(file => new TelemetryFinding(TelemetryAudit.File, file.File, file.Why)), .. mended.Left];
            if (left is not []) await alarm.DamagedAsync(Scrub.Alarm, Scrub.Told(left), ct);
        }
        catch
        {
            _isWanted = true;
            throw;
        }
    }

    private void Want() => _isWanted = true;
}
