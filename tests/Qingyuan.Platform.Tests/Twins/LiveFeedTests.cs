using Microsoft.Extensions.Logging.Abstractions;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Stations.Twin;

namespace Qingyuan.Platform.Tests.Twins;

public class LiveFeedTests
{
    private readonly LiveFeed _feed = new(NullLogger<LiveFeed>.Instance);

    [Fact]
    [Requirement("R-5.4.1-5a")]
    public async Task A_slow_listener_gets_the_newest_snapshot_and_never_two_calls_at_once()
    {
        var (first, goOn, last) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<StationSnapshot>());
        var calls = 0;
        using var subscription = _feed.Subscribe(null, async snapshot =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                first.SetResult();
                await goOn.Task;
                return;
            }

            last.SetResult(snapshot);
        });
        _feed.Publish(1, () => Snapshot(1, "a"));
        await first.Task;
        foreach (var change in Enumerable.Range(0, 1000)) _feed.Publish(1, () => Snapshot(1, $"{change}"));
        goOn.SetResult();
        Assert.Equal("999", (await last.Task).Remote);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Only_the_wanted_stations_and_nothing_after_it_is_disposed()
    {
        var heard = new TaskCompletionSource<StationSnapshot>();
        var subscription = _feed.Subscribe(new HashSet<int> { 2 }, snapshot =>
        {
            heard.SetResult(snapshot);
            return Task.CompletedTask;
        });
        _feed.Publish(1, () => Snapshot(1, "a"));
        _feed.Publish(2, () => Snapshot(2, "b"));
        Assert.Equal("b", (await heard.Task).Remote);
        subscription.Dispose();
        _feed.Publish(2, () => Snapshot(2, "c"));
        Assert.Equal("c", _feed.Latest(2)!.Remote);
    }

    [Fact]
    public async Task A_listener_that_fails_does_not_silence_the_others()
    {
        var heard = new TaskCompletionSource();
        using var bad = _feed.Subscribe(null, _ => throw new InvalidOperationException("circuit gone"));
        using var good = _feed.Subscribe(null, _ =>
        {
            heard.TrySetResult();
            return Task.CompletedTask;
        });
        _feed.Publish(1, () => Snapshot(1, "a"));
        await heard.Task;
    }

    private static StationSnapshot Snapshot(int station, string remote) => new() { StationNo = station, Link = Liveness.Live, Logger = Liveness.Live, Remote = remote };
}
