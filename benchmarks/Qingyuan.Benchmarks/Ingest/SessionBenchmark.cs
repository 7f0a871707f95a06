using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Hj212.Framing;
using Qingyuan.Platform.Ingest.Contracts;

namespace Qingyuan.Benchmarks.Ingest;

/// <summary>Ten thousand connected stations, each asked for its clock: from the asking to its 9012 heard out of the log, after twin and index. Beside it one bare round trip of the same bytes.</summary>
internal static class SessionBenchmark
{
    private const int Stations = 10_000;
    private const int AtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        var hearing = new Hearing();
        await using var server = await BenchServer.StartAsync(storing: true, Stations, services => services.AddSingleton<IFieldReplies>(hearing));
        var before = Memory();
        using var loggers = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [AnsweringLoggers.Word, server.Address.ToString(), Stations.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        await loggers.StandardOutput.ReadLineAsync();
        for (var until = Stopwatch.StartNew(); server.Counters.Stored < Stations; await Task.Delay(10))
            if (until.Elapsed > Patience || loggers.HasExited) throw new IOException("Not all stations connected.");
        var connected = Memory();
        var lines = server.Lines;
        try
        {
            await AskAsync(lines, hearing, 500, round: 1); // warm
            hearing.Milliseconds.Clear();
            await AskAsync(lines, hearing, Stations, round: 2);
        }
        finally
        {
            loggers.Kill();
            await loggers.WaitForExitAsync();
        }

        var latencies = hearing.Milliseconds.Order().ToArray();
        var bare = await BareAsync();
        Bench.Report("sessions.clock.p50", latencies[latencies.Length / 2], "ms", "lower", limit: bare);
        Bench.Report("sessions.clock.p99", latencies[latencies.Length * 99 / 100], "ms", "lower", limit: bare);
        Bench.Report("sessions.memory", (connected - before) / (double)Stations / 1024, "KiB/connection", "lower", must: 16);
    }

    private static async Task AskAsync(IFieldLines lines, Hearing hearing, int count, int round)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (station, ct) =>
        {
            var heard = hearing.Expect(station + 1);
            var frame = new FrameBuilder { Qn = $"202601020{round}{station:D7}", St = "32", Cn = "1011", Pw = "123456", Mn = BenchLogger.Mn(station), Flag = 5 }.ToBytes();
            if (!await lines.SendAsync(station + 1, frame, ct)) throw new IOException("A station is not connected.");
            await heard.WaitAsync(Patience, ct);
        });
    }

    // What the process holds of the machine's memory, after a collection, so that garbage is not counted as cost of a connection.
    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    /// <summary>Median of one round trip of request and answers over the loopback, milliseconds.</summary>
    private static async Task<double> BareAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await near.ConnectAsync(listener.LocalEndPoint!);
        using var far = await listener.AcceptAsync();
        far.NoDelay = true;
        var (request, answer, buffer, times) = (new byte[110], new byte[330], new byte[1024], new List<double>());
        for (var round = 0; round < 2000; round++)
        {
            var from = Stopwatch.GetTimestamp();
            await near.SendAsync(request);
            await far.ReceiveAsync(buffer);
            await far.SendAsync(answer);
            await near.ReceiveAsync(buffer);
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }

        return Bench.Median(times);
    }

    /// <summary>Notes when each station's 9012 comes out of the log.</summary>
    private sealed class Hearing : IFieldReplies
    {
        private readonly ConcurrentDictionary<int, (long From, TaskCompletionSource Heard)> _asked = [];

        public ConcurrentBag<double> Milliseconds { get; } = [];

        public Task Expect(int station)
        {
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked[station] = (Stopwatch.GetTimestamp(), heard);
            return heard.Task;
        }

        public Task HeardAsync(FieldReply reply, CancellationToken ct)
        {
            if (reply.Bytes.Span.IndexOf("CN=9012"u8) < 0 || !_asked.TryRemove(reply.StationNo, out var asked)) return Task.CompletedTask;
            Milliseconds.Add(Stopwatch.GetElapsedTime(asked.From).TotalMilliseconds);
            asked.Heard.SetResult();
            return Task.CompletedTask;
        }
    }
}
