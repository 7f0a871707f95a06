using System.Text;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>Any bytes, and many callers: nothing ends but what a limit ends, and everyone else is served.</summary>
public sealed class StormTests
{
    private const string Mn = "010000A8900016F000169DC0";

    [Fact]
    public async Task Twenty_thousand_mutated_frames_disturb_nobody_else()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Stations.Add("GOOD");
        using var good = await host.ConnectAsync();
        var storm = Task.WhenAll(Enumerable.Range(0, 4).Select(seed => StormAsync(host, seed, frames: 5000)));
        for (var i = 0; i < 500; i++)
        {
            await good.SendAsync(Logger.Upload("GOOD", i));
            Assert.Contains($"QN={Logger.Qn(i)};", await good.ReadAsync(), StringComparison.Ordinal);
        }

        await storm;
        using var after = await host.ConnectAsync();
        await after.SendAsync(Logger.Upload(Mn, 77));
        Assert.Contains(Logger.Qn(77), await after.ReadAsync(), StringComparison.Ordinal);
        var health = host.Health;
        Assert.Equal(health.Received, health.Stored);
        Assert.Equal(health.Received, health.Accepted + health.Rejected + health.Quarantined + health.Repeated);
        Assert.True(health.Rejected > 1000, $"{health}");
    }

    [Fact]
    public async Task Every_acknowledged_frame_of_a_storm_is_stored_byte_for_byte()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        var random = new Random(4711);
        var sent = Enumerable.Range(0, 2000).ToDictionary(Logger.Qn, i => Encoding.Latin1.GetString(Logger.Upload(Mn, i)), StringComparer.Ordinal);
        foreach (var (_, frame) in sent) await logger.SendAsync(random.Next(3) is 0 ? Mutate(Encoding.Latin1.GetBytes(frame), random) : Encoding.Latin1.GetBytes(frame));
        logger.EndSending();
        var acknowledged = (await logger.ReadToEndAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(answer => answer.Contains("CN=9014", StringComparison.Ordinal)).ToArray();

        var stored = host.Log.Stored.Where(frame => frame.Arrival.Verdict is FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes)
            .Select(frame => Encoding.Latin1.GetString(frame.Bytes.Span)).ToArray();
        // A check value of eight useful bits lets one damaged frame in 256 pass; it is stored as it came, so it is looked for by its QN.
        var qns = stored.Select(frame => frame[9..26]).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(acknowledged.Length, 1200, 2000);
        Assert.All(acknowledged, answer => Assert.Contains(answer[9..26], qns));
        Assert.True(stored.Count(sent.ContainsValue) > 1200);
    }

    [Fact]
    public async Task Six_hundred_connections_at_once_all_get_their_answers()
    {
        await using var host = await IngestHost.StartAsync();
        for (var i = 0; i < 600; i++) host.Stations.Add($"MN{i}");
        await Task.WhenAll(Enumerable.Range(0, 600).Select(async i =>
        {
            using var logger = await host.ConnectAsync();
            for (var n = 0; n < 5; n++)
            {
                await logger.SendAsync(Logger.Upload($"MN{i}", n));
                Assert.Contains(Logger.Qn(n), await logger.ReadAsync(), StringComparison.Ordinal);
            }
        }));
        Assert.Equal(3000, host.Health.Accepted);
        await Eventually.That(() => host.Twins.Applied.Count is 3000);
        await Eventually.That(() => host.Health.Connections is 0);
    }

    private static async Task StormAsync(IngestHost host, int seed, int frames)
    {
        var random = new Random(seed);
        using var logger = await host.ConnectAsync();
        for (var i = 0; i < frames; i++) await logger.SendAsync(Mutate(Logger.Upload(Mn, (seed * frames) + i), random));
        logger.EndSending();
        await logger.ReadToEndAsync();
    }

    private static byte[] Mutate(byte[] frame, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(frame.Length);
            frame = random.Next(4) switch
            {
                0 => [.. frame[..at], .. frame[Math.Min(frame.Length, at + random.Next(1, 20))..]],
                1 => [.. frame[..at], (byte)random.Next(256), .. frame[at..]],
                2 => [.. frame[..at], .. frame[..random.Next(frame.Length)], .. frame[at..]],
                _ => Set(frame, at, (byte)random.Next(256)),
            };
        }

        return frame;
    }

    private static byte[] Set(byte[] frame, int at, byte value)
    {
        frame[at] = value;
        return frame;
    }
}
