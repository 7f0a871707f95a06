namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>A store whose commits do not end: what waits, what is said, and that all goes on when they do.</summary>
public sealed class SheddingTests
{
    private const string Mn = "010000A8900016F000169DC0";
    private const string Other = "010000A8900016F000169DC1";

    [Fact]
    public async Task While_commits_lag_history_waits_and_what_just_happened_is_taken()
    {
        await using var host = await LaggingAsync();
        using var filler = await host.ConnectAsync();
        await filler.SendAsync(Logger.Upload(Mn, 1, cn: "2051"));
        await Eventually.That(() => host.Health.Received is 1);
        await Eventually.That(() => host.Health.Shedding is "HistoryWaits", () => Advance(host, 1));
        Assert.Null(host.Health.Trouble);

        await filler.SendAsync(Logger.Upload(Mn, 2, cn: "2051").Concat(Logger.Upload(Mn, 3, cn: "2051")).ToArray());
        await Eventually.That(() => host.Health is { Received: 2, ConnectionsPaused: 1 });
        using var live = await host.ConnectAsync();
        await live.SendAsync(Logger.Upload(Other, 4).Concat(Logger.Upload(Other, 5)).ToArray());
        await Eventually.That(() => host.Health.Received is 4);
        host.Tick();
        Assert.Equal((4, 1), (host.Health.Received, host.Health.ConnectionsPaused));

        host.Log.CommitsAtOnce = true;
        host.Log.Commit();
        await Eventually.That(() => host.Health is { Received: 5, ConnectionsPaused: 0, Shedding: "None" }, host.Tick);
        for (var number = 1; number <= 3; number++) Assert.Contains(Logger.Qn(number), await filler.ReadAsync(), StringComparison.Ordinal);
        for (var number = 4; number <= 5; number++) Assert.Contains(Logger.Qn(number), await live.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_they_lag_longer_nobody_new_is_accepted_it_is_said_and_it_passes()
    {
        await using var host = await LaggingAsync();
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1));
        await Eventually.That(() => host.Health.Received is 1);
        await Eventually.That(() => host.Health.Shedding is "NobodyNew", () => Advance(host, 1));
        Assert.StartsWith("commits-lag", host.Health.Trouble, StringComparison.Ordinal);
        await Eventually.That(() => host.Desk.Signals.Any(signal => signal is { Cause: "ingest:commits-lag", Active: true }));
        using (var refused = await host.ConnectAsync()) Assert.Null(await refused.TryReadAsync());
        Assert.Equal(1, host.Health.Reasons["CommitsLag"]);

        await logger.SendAsync(Logger.Upload(Mn, 2));
        await Eventually.That(() => host.Health.Received is 2);
        host.Log.CommitsAtOnce = true;
        host.Log.Commit();
        await Eventually.That(() => host.Health is { Shedding: "None", Trouble: null }, host.Tick);
        await Eventually.That(() => host.Desk.Signals.Any(signal => signal is { Cause: "ingest:commits-lag", Active: false }));
        using var admitted = await host.ConnectAsync();
        await admitted.SendAsync(Logger.Upload(Other, 3));
        Assert.Contains(Logger.Qn(3), await admitted.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_connection_ends_with_the_process_and_answers_what_it_took()
    {
        await using var host = await LaggingAsync();
        using var filler = await host.ConnectAsync();
        await filler.SendAsync(Logger.Upload(Mn, 1, cn: "2051"));
        await Eventually.That(() => host.Health is { Received: 1, Shedding: "HistoryWaits" }, () => Advance(host, 1));
        await filler.SendAsync(Logger.Upload(Mn, 2, cn: "2051"));
        await Eventually.That(() => host.Health.ConnectionsPaused is 1);
        var stopping = host.StopAsync();
        host.Log.CommitsAtOnce = true;
        host.Log.Commit();
        await stopping;
        Assert.Contains(Logger.Qn(1), await filler.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains(Logger.Qn(2), await filler.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nearly_full_disk_accepts_nobody_and_says_so()
    {
        await using var host = await LaggingAsync();
        host.Log.Trouble = "disk-nearly-full";
        using (var refused = await host.ConnectAsync()) Assert.Null(await refused.TryReadAsync());
        Assert.Equal(("disk-nearly-full", 1), (host.Health.Trouble, host.Health.Reasons["DiskNearlyFull"]));
        (host.Log.Trouble, host.Log.CommitsAtOnce) = (null, true);
        using var admitted = await host.ConnectAsync();
        await admitted.SendAsync(Logger.Upload(Mn, 1));
        Assert.Contains(Logger.Qn(1), await admitted.ReadAsync(), StringComparison.Ordinal);
    }

    private static async Task<IngestHost> LaggingAsync()
    {
        var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Stations.Add(Other);
        host.Log.CommitsAtOnce = false;
        return host;
    }

    private static void Advance(IngestHost host, int seconds)
    {
        host.Time.Advance(TimeSpan.FromSeconds(seconds));
        host.Tick();
    }
}
