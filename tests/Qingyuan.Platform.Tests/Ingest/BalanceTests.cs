using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>Received must become stored or not stored; a frame that is neither is told of.</summary>
public class BalanceTests
{
    [Fact]
    public async Task A_frame_that_is_neither_stored_nor_refused_alarms_after_a_minute_and_until_it_is_found()
    {
        await using var host = await IngestHost.StartAsync();
        host.Counters.Frame(FrameVerdict.Accepted, IntakeReason.None); // received, and then nothing

        await Eventually.That(() => Task.FromResult(host.Desk.Signals.Any(signal => signal is { Cause: "ingest:unbalanced", Active: true })), () => host.Time.Advance(TimeSpan.FromSeconds(20)));
        host.Counters.Durable(1, 1, 1, 0);
        await Eventually.That(() => Task.FromResult(host.Desk.Signals.Any(signal => signal is { Cause: "ingest:unbalanced", Active: false })), () => host.Time.Advance(TimeSpan.FromSeconds(20)));

        Assert.Equal(AlarmSeverity.Critical, host.Desk.Signals.First(signal => signal.Cause == "ingest:unbalanced").Severity);
    }

    [Fact]
    public async Task Frames_that_are_on_their_way_do_not_alarm()
    {
        await using var host = await IngestHost.StartAsync();
        for (var beat = 0; beat < 20; beat++)
        {
            host.Counters.Frame(FrameVerdict.Accepted, IntakeReason.None); // always one on its way
            host.Time.Advance(TimeSpan.FromSeconds(20));
            host.Counters.Durable(beat + 1, 1, 1, 0);
        }

        Assert.DoesNotContain(host.Desk.Signals, signal => signal.Cause == "ingest:unbalanced");
    }
}
