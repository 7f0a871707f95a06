using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Alarms.Raising;

/// <summary>Holds our own clock against the machine's running time: a step of it is an alarm of the platform itself, until a person says that it was looked at.</summary>
/// <remarks>Every frame's arrival, every due date and every seal stand on this clock.</remarks>
internal sealed class ClockWatch(IAlarmDesk desk, TimeProvider clock) : IDueScan
{
    /// <summary>A time service slews what is less.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private (DateTimeOffset At, long Timestamp)? _last;

    public string Name => "clock-watch";

    public async Task ScanAsync(CancellationToken ct)
    {
        var now = (At: clock.GetUtcNow(), Timestamp: clock.GetTimestamp());
        var step = _last is { } last ? now.At - last.At - clock.GetElapsedTime(last.Timestamp, now.Timestamp) : TimeSpan.Zero;
        if (step.Duration() > Step) await desk.HandleAsync(Signal(now.At, step), ct);
        _last = now; // only then: what could not be said is said at the next turn
    }

    private static AlarmSignal Signal(DateTimeOffset now, TimeSpan step) => new(
        null, AlarmKind.Platform, "clock-step", AlarmSeverity.Serious, true, StationClock.Wall(now), null, "alarm.clock-step",
        new Dictionary<string, string> { ["seconds"] = decimal.Round((decimal)step.TotalSeconds, 1).ToString(System.Globalization.CultureInfo.InvariantCulture) }, "CLOCK-WATCH@1", null);
}
