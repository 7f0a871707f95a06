using System.Text;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class StreamTests
{
    private const string Mn = "010000A8900016F000169DC0";

    [Fact]
    public async Task A_frame_may_come_byte_by_byte()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        foreach (var octet in Logger.Upload(Mn, 1)) await logger.SendAsync(new[] { octet });
        Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_thousand_frames_glued_together_are_two_thousand_answers_in_order()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        var sending = logger.SendAsync(Enumerable.Range(0, 2000).SelectMany(i => Logger.Upload(Mn, i)).ToArray());
        for (var i = 0; i < 2000; i++) Assert.Contains(Logger.Qn(i), await logger.ReadAsync(), StringComparison.Ordinal);
        await sending;
        Assert.Equal((2000, 2000), (host.Health.Accepted, host.Health.Stored));
    }

    [Fact]
    public async Task Many_stations_share_a_connection()
    {
        await using var host = await IngestHost.StartAsync();
        for (var i = 0; i < 50; i++) host.Stations.Add($"MN{i}");
        using (var logger = await host.ConnectAsync())
        {
            for (var i = 0; i < 50; i++) await logger.SendAsync(Logger.Upload($"MN{i}", i));
            for (var i = 0; i < 50; i++) Assert.Contains($"MN=MN{i};", await logger.ReadAsync(), StringComparison.Ordinal);
            await Eventually.That(() => host.Twins.Links.Count is 50);
        }

        await Eventually.That(() => host.Twins.Links.Count is 100);
        Assert.Equal(50, host.Twins.Links.Count(link => !link.Connected));
    }

    [Fact]
    public async Task A_station_that_calls_again_is_reached_over_its_newest_connection_and_over_the_older_one_when_that_ends()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        var old = await host.ConnectAsync();
        await old.SendAsync(Logger.Upload(Mn, 1));
        await old.ReadAsync();
        await Eventually.That(() => host.Twins.Links.Count is 1);
        var newest = await host.ConnectAsync();
        await newest.SendAsync(Logger.Upload(Mn, 2));
        await newest.ReadAsync();
        await Eventually.That(() => host.Twins.Links.Count is 2);

        await old.SendAsync(Logger.Upload(Mn, 3));
        await old.ReadAsync(); // both deliver, the newer one stays the link
        newest.Dispose();
        await Eventually.That(() => host.Twins.Links.Count is 3);
        Assert.Equal([true, true, true], host.Twins.Links.Select(link => link.Connected));
        Assert.True(await host.Lines.SendAsync(host.Stations.FindAccess(Mn)!.StationNo, Encoding.ASCII.GetBytes("##down\r\n"), CancellationToken.None));
        Assert.Equal("##down\r\n", await old.ReadAsync());

        old.Dispose();
        await Eventually.That(() => host.Twins.Links.Count is 4);
        Assert.False(host.Twins.Links.Last().Connected);
    }

    [Fact]
    public async Task Rubbish_before_and_between_frames_is_kept_with_its_reason_and_the_connection_lives_on()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(new byte[] { 0, 0, 0, 6, 1, 3, 0, 0, 0, 10 });
        await logger.SendAsync(Logger.Upload(Mn, 1));
        Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
        await logger.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await logger.SendAsync(Logger.Upload(Mn, 2));
        Assert.Contains(Logger.Qn(2), await logger.ReadAsync(), StringComparison.Ordinal);

        var kept = host.Log.Stored.Where(frame => frame.Arrival.Verdict is FrameVerdict.Quarantined).ToArray();
        Assert.All(kept, frame => Assert.Equal("NoHeader", frame.Arrival.Why));
        Assert.Contains("GET /", Encoding.ASCII.GetString(kept.SelectMany(frame => frame.Bytes.ToArray()).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_frame_at_the_end_is_kept()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1).AsMemory(0, 60));
        logger.EndSending();
        Assert.Null(await logger.TryReadAsync());
        Assert.Equal("Truncated", Assert.Single(host.Log.Stored).Arrival.Why);
    }

    [Fact]
    public async Task A_peer_that_ends_sending_still_gets_its_answers()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Log.CommitsAtOnce = false;
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1));
        logger.EndSending();
        await Eventually.That(() => host.Log.Open is 1);
        host.Log.Commit();
        Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
        Assert.Null(await logger.TryReadAsync());
    }
}
