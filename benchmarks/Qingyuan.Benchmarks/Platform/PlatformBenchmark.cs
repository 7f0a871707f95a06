using System.Diagnostics;
using Qingyuan.Testing;

namespace Qingyuan.Benchmarks.Platform;

/// <summary>Everything on: frames of gas stations until they are durable and acknowledged, and until each is in its chunk, its twin has taken its turn and nothing waits any more. Beside it intake alone, in the same host.</summary>
internal static class PlatformBenchmark
{
    private const int Stations = 10_000;
    private const int Connections = 1000;
    private const int Window = 8;
    private const int FramesEach = 20;

    public static async Task RunAsync()
    {
        await RowsAsync("platform", null);
        await using var postgres = await PostgresServer.OwnAsync();
        await RowsAsync("platform.postgres", postgres);
    }

    private static async Task RowsAsync(string name, PostgresServer? postgres)
    {
        Measured? intake = null, before = null;
        foreach (var (step, twins, change) in SliceSteps.All)
        {
            await using var platform = await WholePlatform.StartAsync(Stations, postgres is null ? null : await postgres.NewDatabaseAsync(), change);
            if (twins) Bench.Report($"{name}.{step}.awake", Stations / await platform.AwakeAsync(Stations), "twins/s");
            var now = await MeasureAsync(platform, twins);
            // The generator is in it; what is new against the step before is the price of the slice.
            Bench.Report($"{name}.{step}.cpu", now.CpuMicros, "us/frame", "lower", limit: before?.CpuMicros);
            Bench.Report($"{name}.{step}.allocated", now.Allocated, "bytes/frame", "lower");
            before = now;
            intake ??= now;
            var isAll = change is null;
            Bench.Report($"{name}.{step}.acknowledged", now.Acknowledged, "frames/s", limit: intake.Acknowledged, must: isAll ? 20_000 : null);
            Bench.Report($"{name}.{step}.applied", now.Applied, "frames/s", limit: intake.Acknowledged, must: isAll ? 20_000 : null);
        }
    }

    private static async Task<Measured> MeasureAsync(WholePlatform platform, bool twins)
    {
        var loggers = Enumerable.Range(0, Connections).Select(i => new GasLogger(i * (Stations / Connections), Stations / Connections, Window)).ToArray();
        foreach (var logger in loggers) await logger.ConnectAsync(platform.Address);
        // The first round of all stations is warm-up: their links open, their chunks begin.
        await Task.WhenAll(loggers.Select(logger => logger.SendAsync(Stations / Connections)));
        await platform.CaughtUpAsync();
        if (twins) await platform.SealedAsync(Stations);

        const int frames = Stations * FramesEach;
        var (bytes, cpu, clock) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await Task.WhenAll(loggers.Select(logger => logger.SendAsync(frames / Connections)));
        var acknowledged = clock.Elapsed.TotalSeconds;
        await platform.CaughtUpAsync();
        var applied = clock.Elapsed.TotalSeconds;
        (bytes, cpu) = (GC.GetTotalAllocatedBytes() - bytes, Environment.CpuUsage.TotalTime - cpu);
        foreach (var logger in loggers) logger.Dispose();
        return new(frames / acknowledged, frames / applied, cpu.TotalMicroseconds / frames, bytes / (double)frames);
    }

    /// <param name="Acknowledged">Frames a second until all were answered.</param>
    /// <param name="Applied">Frames a second until no twin waited for one.</param>
    private sealed record Measured(double Acknowledged, double Applied, double CpuMicros, double Allocated);
}
