
namespace Qingyuan.Platform.Tests.Ingest;

public sealed class LimitTests
{
    private const string Mn = "010000A8900016F000169DC0";

    [Fact]
    public async Task A_half_frame_is_given_up_after_its_deadline_and_the_peer_dropped()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1).AsMemory(0, 60));
        using var other = await host.ConnectAsync();
        await Eventually.That(() => host.Health.Reasons.ContainsKey("Truncated"), () => Advance(host, 5));
        Assert.Null(await logger.TryReadAsync());
        Assert.Equal("Truncated", Assert.Single(host.Log.Stored).Arrival.Why);

        await other.SendAsync(Logger.Upload(Mn, 2));
        Assert.Contains(Logger.Qn(2), await other.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_that_lacks_only_its_end_is_taken_when_the_line_goes_quiet()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1).AsMemory()[..^2]);
        await Eventually.That(() => host.Health.Accepted is 1, () => Advance(host, 1));
        Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_peer_is_dropped()
    {
        await using var host = await IngestHost.StartAsync(options => options.FirstFrame = TimeSpan.FromMinutes(1));
        using var logger = await host.ConnectAsync();
        await Eventually.That(() => host.Health.Connections is 1);
        await Eventually.That(() => host.Health.Reasons.ContainsKey("SilentPeer"), () => Advance(host, 10));
        Assert.Null(await logger.TryReadAsync());
    }

    [Fact]
    public async Task A_peer_that_does_not_take_its_answers_is_dropped_and_others_are_served()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var deaf = await host.ConnectAsync();
        var flood = Enumerable.Range(0, 500).SelectMany(i => Logger.Upload(Mn, i)).ToArray();
        var sending = Flood(deaf, flood);
        await Eventually.That(() => host.Health.Reasons.ContainsKey("SlowReader"), () => Advance(host, 1));
        await sending;

        using var other = await host.ConnectAsync();
        await other.SendAsync(Logger.Upload(Mn, 9999));
        Assert.Contains(Logger.Qn(9999), await other.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_rubbish_closes_the_connection()
    {
        await using var host = await IngestHost.StartAsync(options => options.RubbishBytes = 10_000);
        using var logger = await host.ConnectAsync();
        await Flood(logger, new byte[4096]);
        Assert.True(host.Health.Reasons["RubbishFlood"] > 0);
        Assert.True(host.Log.Stored.Sum(frame => frame.Bytes.Length) < 40_000);
    }

    [Fact]
    public async Task The_line_of_a_station_lives_on_whatever_rubbish_comes_between_its_frames()
    {
        await using var host = await IngestHost.StartAsync(options => (options.RubbishBytes, options.QuarantineBytesPerAddressAndDay) = (10_000, 30_000));
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1));
        Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
        await logger.SendAsync(new byte[40_000]);
        await logger.SendAsync(Logger.Upload(Mn, 2));
        Assert.Contains(Logger.Qn(2), await logger.ReadAsync(), StringComparison.Ordinal);
        Assert.True(host.Health.Reasons["RubbishFlood"] > 0 && host.Health.BytesSkipped > 0);

        await logger.SendAsync(Enumerable.Repeat(Logger.Upload("STRANGER", 3), 300).SelectMany(frame => frame).ToArray());
        await logger.SendAsync(Logger.Upload(Mn, 4));
        Assert.Contains(Logger.Qn(4), await logger.ReadAsync(), StringComparison.Ordinal);
        Assert.True(host.Health.Reasons["QuarantineFull"] > 0);
    }

    [Fact]
    public async Task What_nobody_vouches_for_is_kept_up_to_an_allowance()
    {
        await using var host = await IngestHost.StartAsync(options => options.QuarantineBytesPerAddressAndDay = 1000);
        host.Stations.Add(Mn);
        using var stranger = await host.ConnectAsync();
        await Flood(stranger, Logger.Upload("STRANGER", 1));
        Assert.Equal(1, host.Health.Reasons["QuarantineFull"]);
        Assert.InRange(host.Log.Stored.Count, 1, 5);

        using var known = await host.ConnectAsync();
        await known.SendAsync(Logger.Upload(Mn, 2));
        Assert.Contains(Logger.Qn(2), await known.ReadAsync(), StringComparison.Ordinal);
        host.Time.Advance(TimeSpan.FromDays(1));
        using var tomorrow = await host.ConnectAsync();
        await tomorrow.SendAsync(Logger.Upload("STRANGER", 3));
        await Eventually.That(() => host.HealthSource.UnknownStations[0].Frames > 5 || host.Log.Stored[^1].Arrival.Mn is "STRANGER");
    }

    [Fact]
    public async Task An_address_may_open_so_many_connections_and_no_more()
    {
        await using var host = await IngestHost.StartAsync(options => options.ConnectionsPerAddress = 2);
        using var first = await host.ConnectAsync();
        using var second = await host.ConnectAsync();
        await Eventually.That(() => host.Health.Connections is 2);
        using var third = await host.ConnectAsync();
        Assert.Null(await third.TryReadAsync());
        Assert.Equal(1, host.Health.Reasons["TooManyConnections"]);
    }

    [Fact]
    public async Task An_address_may_open_connections_at_a_rate_and_no_faster()
    {
        await using var host = await IngestHost.StartAsync(options => (options.AcceptBurst, options.AcceptsPerSecond) = (2, 1));
        using var first = await host.ConnectAsync();
        using var second = await host.ConnectAsync();
        await Eventually.That(() => host.Health.Connections is 2);
        using var third = await host.ConnectAsync();
        Assert.Null(await third.TryReadAsync());
        Assert.Equal(1, host.Health.Reasons["AcceptRateExceeded"]);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        host.Stations.Add(Mn);
        using var fourth = await host.ConnectAsync();
        await fourth.SendAsync(Logger.Upload(Mn, 1));
        Assert.Contains(Logger.Qn(1), await fourth.ReadAsync(), StringComparison.Ordinal);
    }

    /// <summary>Sends until the host closes.</summary>
    private static async Task Flood(Logger logger, byte[] bytes)
    {
        try
        {
            while (true) await logger.SendAsync(bytes);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // closed, as it should be
        }
    }

    private static void Advance(IngestHost host, int seconds)
    {
        host.Time.Advance(TimeSpan.FromSeconds(seconds));
        host.Tick();
    }
}
