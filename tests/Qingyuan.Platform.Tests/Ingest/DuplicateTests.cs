using System.Text;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class DuplicateTests
{
    private const string Mn = "88888880000001";

    [Fact]
    public async Task Equal_bytes_are_answered_again_and_stored_as_a_repeat()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        for (var i = 0; i < 2; i++)
        {
            await logger.SendAsync(Logger.Upload(Mn, 1));
            Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
        }

        Assert.Equal([FrameVerdict.Accepted, FrameVerdict.Repeated], host.Log.Stored.Select(frame => frame.Arrival.Verdict));
        Assert.Equal((1, 1), (host.Health.Accepted, host.Health.Repeated));
        await Eventually.That(() => host.Counters.AppliedThrough is 2);
        Assert.Single(host.Twins.Applied);
    }

    [Fact]
    public async Task A_repeat_over_another_connection_is_known_as_well()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var first = await host.ConnectAsync();
        await first.SendAsync(Logger.Upload(Mn, 1));
        await first.ReadAsync();
        using var second = await host.ConnectAsync();
        await second.SendAsync(Logger.Upload(Mn, 1));
        await second.ReadAsync();
        Assert.Equal(1, host.Health.Repeated);
    }

    [Fact]
    public async Task The_same_moment_with_another_value_is_no_repeat()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        foreach (var value in new[] { "7.1", "7.2" })
        {
            await logger.SendAsync(Logger.Frame($"ST=32;CN=2011;PW=123456;MN={Mn};Flag=5;CP=&&DataTime=20260301080000;w01001-Rtd={value}&&"));
            await logger.ReadAsync();
        }

        Assert.Equal((2, 0), (host.Health.Accepted, host.Health.Repeated));
    }

    [Fact]
    public async Task Frames_without_any_moment_are_never_repeats()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        var state = Logger.Frame($"ST=32;CN=2021;PW=123456;MN={Mn};Flag=5;CP=&&SB1-RS=1&&");
        for (var i = 0; i < 2; i++)
        {
            await logger.SendAsync(state);
            await logger.ReadAsync();
        }

        Assert.Equal(2, host.Health.Accepted);
    }

    [Fact]
    public async Task A_repeat_of_a_frame_whose_batch_is_open_waits_for_that_batch()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Log.CommitsAtOnce = false;
        using var first = await host.ConnectAsync();
        using var second = await host.ConnectAsync();
        await first.SendAsync(Logger.Upload(Mn, 1));
        await Eventually.That(() => host.Log.Open is 1);
        await second.SendAsync(Logger.Upload(Mn, 1));
        await Eventually.That(() => host.Log.Open is 2);
        Assert.Equal(0, host.Counters.Answered);

        host.Log.Commit();
        Assert.Contains(Logger.Qn(1), await first.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains(Logger.Qn(1), await second.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeat_is_not_answered_when_the_batch_of_the_first_copy_failed()
    {
        var ring = new DuplicateRing();
        var frame = Encoding.ASCII.GetBytes("##0001");
        var firstBatch = new TaskCompletionSource();
        ring.Remember(7, frame, firstBatch.Task);
        Assert.Same(firstBatch.Task, ring.FirstCopy(7, frame));

        firstBatch.SetException(new FramesNotStoredException("gone", null));
        var pending = new Pending(new FrameReceipt(new(2, 0), Task.CompletedTask), firstBatch.Task, 10, 0);
        Assert.True(pending.IsDecided);
        Assert.False(pending.IsDurable);
        Assert.Null(ring.FirstCopy(7, frame));
    }

    [Fact]
    public void The_hash_only_selects_and_the_bytes_decide()
    {
        var ring = new DuplicateRing();
        ring.Remember(7, "one"u8, Task.CompletedTask);
        Assert.Null(ring.FirstCopy(7, "two"u8));
        Assert.NotNull(ring.FirstCopy(7, "one"u8));
    }

    [Fact]
    public void The_ring_forgets_the_oldest_of_seventeen()
    {
        var ring = new DuplicateRing();
        for (var i = 0; i <= DuplicateRing.Size; i++) ring.Remember((ulong)i, [(byte)i], Task.CompletedTask);
        Assert.Null(ring.FirstCopy(0, [0]));
        Assert.NotNull(ring.FirstCopy(1, [1]));
    }
}
