using Qingyuan.Platform.Alarms.Raising;
using Qingyuan.Platform.Tests.Ingest.Doubles;

namespace Qingyuan.Platform.Tests.Alarms;

public class ClockWatchTests
{
    [Fact]
    public async Task A_step_of_our_own_clock_is_said_once_and_time_that_passes_is_none()
    {
        var (clock, desk) = (new WallAndRunningTime(), new RecordingDesk());
        var watch = new ClockWatch(desk, clock);
        await watch.ScanAsync(default);
        clock.Pass(TimeSpan.FromHours(1));
        await watch.ScanAsync(default);
        Assert.Empty(desk.Signals);
        clock.Wall -= TimeSpan.FromHours(2);
        clock.Pass(TimeSpan.FromSeconds(10));
        await watch.ScanAsync(default);
        clock.Pass(TimeSpan.FromSeconds(10));
        await watch.ScanAsync(default);
        Assert.Equal("-7200", Assert.Single(desk.Signals).Args["seconds"]);
    }

    private sealed class WallAndRunningTime : TimeProvider
    {
        private long _ran;

        public DateTimeOffset Wall { get; set; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => _ran;

        public void Pass(TimeSpan time) => (Wall, _ran) = (Wall + time, _ran + time.Ticks);
    }
}
