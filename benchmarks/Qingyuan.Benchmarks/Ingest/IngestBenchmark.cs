using System.Diagnostics;
using Qingyuan.Testing;

namespace Qingyuan.Benchmarks.Ingest;

/// <summary>Frames acknowledged after they are durable, closed loop, beside the same server without storing.</summary>
internal static class IngestBenchmark
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    public static async Task RunAsync()
    {
        await RowAsync("ingest.durable.1", connections: 1, window: 200);
        await RowAsync("ingest.durable.1000", connections: 1000, window: 8);
        await using var postgres = await PostgresServer.OwnAsync();
        await RowAsync("ingest.durable.postgres.1000", connections: 1000, window: 8, await postgres.NewDatabaseAsync());
    }

    private static async Task RowAsync(string name, int connections, int window, string? database = null)
    {
        List<double> durable = [], limit = [], cpu = [], cpuLimit = [], allocated = [];
        for (var round = 0; round < 3; round++)
        {
            var plain = await MeasureAsync(storing: false, connections, window);
            var stored = await MeasureAsync(storing: true, connections, window, database);
            limit.Add(plain.PerSecond);
            durable.Add(stored.PerSecond);
            cpu.Add(stored.CpuMicros);
            cpuLimit.Add(plain.CpuMicros);
            allocated.Add(stored.Allocated);
        }

        // Generator and applier included: what one frame costs this process from first byte to applied; beside it what it costs without storing, which a busy machine does not blur.
        Bench.Report(name + ".cpu", Bench.Median(cpu), "us/frame", "lower", limit: Bench.Median(cpuLimit));
        Bench.Report(name + ".allocated", Bench.Median(allocated), "bytes/frame", "lower");
        Bench.Report(name, Bench.Median(durable), "frames/s", limit: Bench.Median(limit), must: connections > 1 ? 20_000 : null, mustRatio: connections > 1 ? 0.7 : null);
    }

    private static async Task<(double PerSecond, double Allocated, double CpuMicros)> MeasureAsync(bool storing, int connections, int window, string? database = null)
    {
        await using var server = await BenchServer.StartAsync(storing, database: database);
        var loggers = Enumerable.Range(0, connections).Select(i => new BenchLogger(i, window)).ToArray();
        foreach (var logger in loggers) await logger.ConnectAsync(server.Address);
        using var end = new CancellationTokenSource();
        var answers = 0L;
        var loops = loggers.Select(logger => logger.LoopAsync(window, count => Interlocked.Add(ref answers, count), end.Token)).ToArray();
        await Task.Delay(Warm);
        var (before, bytes, clock) = (Interlocked.Read(ref answers), GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.Delay(Measured);
        var (count, seconds) = (Interlocked.Read(ref answers) - before, clock.Elapsed.TotalSeconds);
        bytes = GC.GetTotalAllocatedBytes() - bytes;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        await end.CancelAsync();
        await Task.WhenAll(loops);
        foreach (var logger in loggers) logger.Dispose();
        return (count / seconds, bytes / (double)count, cpu.TotalMicroseconds / count);
    }
}
