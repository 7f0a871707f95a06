using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>Received must become stored or not stored; a frame that is neither is told of.</summary>
public class BalanceTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_frame_that_is_neither_stored_nor_refused_alarms_after_a_minute_and_no_later_frame_makes_up_for_it()
    {
        await using var host = await IngestHost.StartAsync();
        Arrives(host); // received, and then nothing

        await Eventually.That(() => Task.FromResult(Said(host, active: true)), Flow);
        for (var beat = 0; beat < 200; beat++) Flow();

        Assert.False(Said(host, active: false));
        Assert.Equal(AlarmSeverity.Critical, host.Desk.Signals.First(signal => signal.Cause == "ingest:unbalanced").Severity);

        // Frames go on coming and are stored, thousands of them.
        void Flow()
        {
            for (var frame = 0; frame < 50; frame++)
            {
                Arrives(host);
                host.Counters.Waits();
            }

            host.Counters.Durable(1, 50, 50, 0);
            host.Time.Advance(Beat);
        }
    }

    [Fact]
    public async Task Frames_that_wait_for_their_commit_do_not_alarm_and_an_alarm_of_the_process_before_ends()
    {
        await using var host = await IngestHost.StartAsync();

        await Eventually.That(() => Task.FromResult(Said(host, active: false)), () =>
        {
            Arrives(host);
            host.Counters.Waits();
            host.Time.Advance(Beat);
        });

        Assert.False(Said(host, active: true));
    }

    [Fact]
    public async Task What_the_log_no_longer_takes_counts_as_not_stored()
    {
        await using var host = await IngestHost.StartAsync();
        host.Counters.Frame(FrameVerdict.Accepted, IntakeReason.None);
        host.Counters.Count(IntakeReason.NotStored);
        Assert.Equal(0, host.Counters.Unaccounted);

        Arrives(host);
        host.Counters.Waits();
        host.Counters.Durable(0, 0, 0, 1);
        Assert.Equal(0, host.Counters.Unaccounted);
    }

    private static bool Said(IngestHost host, bool active) => host.Desk.Signals.Any(signal => signal.Cause == "ingest:unbalanced" && signal.Active == active);

    private static void Arrives(IngestHost host) => host.Counters.Frame(FrameVerdict.Accepted, IntakeReason.None);
}
