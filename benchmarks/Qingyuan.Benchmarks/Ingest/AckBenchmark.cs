using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Testing;

namespace Qingyuan.Benchmarks.Ingest;

/// <summary>From the moment a frame was due to be sent to its answer, at 10,000 frames a second from 1,000 loggers that keep a schedule whatever the server does.</summary>
internal static class AckBenchmark
{
    private const int Loggers = 1000;
    private const int PerSecond = 10_000;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(6);

    public static async Task RunAsync()
    {
        await RowAsync("ingest.ack", null);
        await using var postgres = await PostgresServer.OwnAsync();
        await RowAsync("ingest.ack.postgres", await postgres.NewDatabaseAsync());
    }

    private static async Task RowAsync(string name, string? database)
    {
        await using var server = await BenchServer.StartAsync(storing: true, database: database);
        var (latencies, batches) = await MeasureAsync(server);
        var commit = await CommitAsync(server.Log, batches);
        Bench.Report(name + ".p50", latencies[latencies.Length / 2], "ms", "lower", limit: commit);
        Bench.Report(name + ".p99", latencies[latencies.Length * 99 / 100], "ms", "lower", limit: commit, must: 100);
    }

    /// <summary>Milliseconds of every answer, ascending, and the mean number of frames in a batch.</summary>
    public static async Task<(double[] Milliseconds, double Batch)> MeasureAsync(BenchServer server)
    {
        var loggers = Enumerable.Range(0, Loggers).Select(i => new Scheduled(i)).ToArray();
        foreach (var logger in loggers) await logger.Wire.ConnectAsync(server.Address);
        using var end = new CancellationTokenSource();
        var receiving = loggers.Select(logger => logger.ReceiveAsync(end.Token)).ToArray();
        var batches = await SendAsync(server, loggers);
        await end.CancelAsync();
        await Task.WhenAll(receiving);

        foreach (var logger in loggers) logger.Wire.Dispose();
        return (loggers.SelectMany(logger => logger.Milliseconds).Order().ToArray(), batches);
    }

    /// <summary>Sends what is due, one frame of the next logger each tenth of a millisecond. Returns the mean number of frames in a batch.</summary>
    private static async Task<double> SendAsync(BenchServer server, Scheduled[] loggers)
    {
        var clock = Stopwatch.StartNew();
        var (sent, firstBatch, firstFrames) = (0L, 0L, 0L);
        var measuring = false;
        while (clock.Elapsed < Warm + Measured)
        {
            var due = (long)(clock.Elapsed.TotalSeconds * PerSecond);
            for (; sent < due; sent++)
                await loggers[sent % Loggers].SendAsync(TimeSpan.FromSeconds(sent / (double)PerSecond), clock, measuring);
            if (!measuring && clock.Elapsed > Warm) (measuring, firstBatch, firstFrames) = (true, server.Counters.CommittedThrough, server.Counters.Stored);
            await Task.Delay(1);
        }

        return (server.Counters.Stored - firstFrames) / (double)Math.Max(1, server.Counters.CommittedThrough - firstBatch);
    }

    /// <summary>One commit of an average batch with nothing else going on, milliseconds.</summary>
    private static async Task<double> CommitAsync(IFrameLog log, double frames)
    {
        var bytes = new ReadOnlySequence<byte>(BenchLogger.Frame(1));
        var times = new List<double>();
        for (var round = 0; round < 50; round++)
        {
            var clock = Stopwatch.StartNew();
            var receipt = default(FrameReceipt);
            for (var i = 0; i < Math.Max(1, frames); i++)
                receipt = await log.AppendAsync(new(1, BenchLogger.Mn(1), DateTimeOffset.UnixEpoch, FrameVerdict.Accepted, null, "bench"), bytes, CancellationToken.None);
            await receipt.Durable;
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return Bench.Median(times);
    }

    private sealed class Scheduled(int number)
    {
        private readonly ConcurrentQueue<(TimeSpan Due, Stopwatch Clock, bool Counts)> _open = new();

        public BenchLogger Wire { get; } = new(number, window: 1);

        public List<double> Milliseconds { get; } = [];

        public ValueTask SendAsync(TimeSpan due, Stopwatch clock, bool counts)
        {
            _open.Enqueue((due, clock, counts));
            return Wire.SendAsync(1, CancellationToken.None);
        }

        public async Task ReceiveAsync(CancellationToken ct)
        {
            try
            {
                while (true)
                {
                    for (var answers = await Wire.ReceiveAsync(ct); answers > 0; answers--)
                        if (_open.TryDequeue(out var frame) && frame.Counts) Milliseconds.Add((frame.Clock.Elapsed - frame.Due).TotalMilliseconds);
                }
            }
            catch (OperationCanceledException)
            {
                // measured
            }
        }
    }
}
