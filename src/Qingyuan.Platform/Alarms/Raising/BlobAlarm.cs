using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;

namespace Qingyuan.Platform.Alarms.Raising;

/// <summary>Uploaded files that are damaged or missing are an alarm of the platform itself.</summary>
internal sealed class BlobAlarm(IAlarmDesk desk, TimeProvider clock) : IBlobTrouble
{
    public Task DamagedAsync(string what, CancellationToken ct) => desk.HandleAsync(Signal(true, what), ct);

    public Task WholeAsync(CancellationToken ct) => desk.HandleAsync(Signal(false, ""), ct);

    private AlarmSignal Signal(bool active, string what) => new(
        null, AlarmKind.Platform, "blob-damaged", AlarmSeverity.Critical, active, StationClock.Wall(clock.GetUtcNow()), null,
        "alarm.blob-damaged", new Dictionary<string, string> { ["what"] = what }, "SCRUB@1", null);
}
