using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Alarms.Raising;

/// <summary>Stored frames or values that are not what was written are an alarm of the platform itself.</summary>
internal sealed class TelemetryAlarm(IAlarmDesk desk, TimeProvider clock) : ITelemetryAlarm
{
    public Task DamagedAsync(string what, CancellationToken ct) => desk.HandleAsync(Signal(true, what), ct);

    public Task WholeAsync(CancellationToken ct) => desk.HandleAsync(Signal(false, ""), ct);

    private AlarmSignal Signal(bool active, string what) => new(
        null, AlarmKind.Platform, "store-damaged", AlarmSeverity.Critical, active, StationClock.Wall(clock.GetUtcNow()), null,
        "alarm.store-damaged", new Dictionary<string, string> { ["what"] = what }, "SCRUB@1", null);
}
