using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Alarms.Raising;

/// <summary>Stored frames, values or files that are not what was written are an alarm of the platform itself.</summary>
internal sealed class DamageAlarm(IAlarmDesk desk, TimeProvider clock) : IDamageReport
{
    public Task DamagedAsync(string cause, string what, CancellationToken ct) => desk.HandleAsync(Signal(cause, true, what), ct);

    public Task WholeAsync(string cause, CancellationToken ct) => desk.HandleAsync(Signal(cause, false, ""), ct);

    private AlarmSignal Signal(string cause, bool active, string what) => new(
        null, AlarmKind.Platform, cause, AlarmSeverity.Critical, active, StationClock.Wall(clock.GetUtcNow()), null,
        "alarm." + cause, new Dictionary<string, string> { ["what"] = what }, "SCRUB@1", null);
}
