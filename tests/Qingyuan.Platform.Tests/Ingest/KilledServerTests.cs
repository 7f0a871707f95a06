using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>The real <c>qingyuan serve</c>, killed with signal 9 while loggers send: what was acknowledged is there, and it starts again by itself.</summary>
public sealed class KilledServerTests
{
    private const string Mn = "KILLED00000001";
    private const int Acknowledged = 3000;

    [Fact]
    public async Task No_acknowledged_frame_is_lost_and_the_next_start_needs_no_hand_work()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-kill-").FullName;
        await RunAsync("station", "add", Mn, "--name", "k", "--kind", "water", "--edition", "2017", "--password", "123456", "--data", folder);
        var acknowledged = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        var numbers = 0;
        using (var server = await Served.StartAsync(folder))
        {
            var loggers = Enumerable.Range(0, 8).Select(_ => SendAsync(server.Hj212, () => Interlocked.Add(ref numbers, 1000), acknowledged)).ToArray();
            await Eventually.That(() => acknowledged.Count >= Acknowledged, () => acknowledged.Count);
            server.Kill();
            await Task.WhenAll(loggers);
        }

        using (var again = await Served.StartAsync(folder))
        {
            using var logger = await Logger.ConnectAsync(again.Hj212);
            await logger.SendAsync(Logger.Upload(Mn, 10_000_000));
            Assert.Contains(Logger.Qn(10_000_000), await logger.ReadAsync(), StringComparison.Ordinal);
            again.Kill();
        }

        var stored = await FramesOnDisk.ReadAsync(folder);
        Assert.All(acknowledged, pair => Assert.Equal(Encoding.ASCII.GetString(pair.Value), stored.GetValueOrDefault(pair.Key)));
    }

    private static async Task SendAsync(IPEndPoint address, Func<int> next, ConcurrentDictionary<string, byte[]> acknowledged)
    {
        using var logger = await Logger.ConnectAsync(address);
        try
        {
            while (true)
            {
                var frames = Enumerable.Range(0, 10).Select(_ => next()).ToDictionary(Logger.Qn, number => Logger.Upload(Mn, number), StringComparer.Ordinal);
                await logger.SendAsync(frames.Values.SelectMany(frame => frame).ToArray());
                for (var i = 0; i < frames.Count; i++)
                {
                    if (await logger.TryReadAsync() is not { } answer) return;
                    acknowledged[answer[9..26]] = frames[answer[9..26]];
                }
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // the server is gone, as it should be
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Served.Launch(arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
