using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Alarms.Raising;

/// <summary>A log writer that stands still is an alarm of the platform itself.</summary>
internal sealed class EvidenceAlarm(IAlarmDesk desk, TimeProvider clock) : IEvidenceAlarm
{
    public Task StalledAsync(string why, CancellationToken ct) => desk.HandleAsync(Signal(true, why), ct);

    public Task RecoveredAsync(CancellationToken ct) => desk.HandleAsync(Signal(false, ""), ct);

    private AlarmSignal Signal(bool active, string why) => new(
        null, AlarmKind.Platform, "evidence-log", AlarmSeverity.Critical, active, StationClock.Wall(clock.GetUtcNow()), null,
        "alarm.evidence-stalled", new Dictionary<string, string> { ["why"] = why }, "EVIDENCE-WRITER@1", null);
}
