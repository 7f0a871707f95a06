using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qingyuan.Platform.Validity;
using Qingyuan.Platform.Validity.Contracts;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Benchmarks.Platform;

/// <summary>Many stations that send once an hour in one process, everything on: all come back at once, all send at the full hour, and their hour is closed.</summary>
internal static class ManyStationsBenchmark
{
    private const int Connections = 10_000;

    public static Task RunAsync() => RowsAsync("stations.200k", 200_000);

    public static Task FewerAsync() => RowsAsync("stations.20k", 20_000);

    private static async Task RowsAsync(string name, int stations)
    {
        var (time, judged) = (new ShiftedTime(), new Judged());
        await using var platform = await WholePlatform.StartAsync(stations, change: services => services
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(time)).AddSingleton<PeriodJudge>().Replace(ServiceDescriptor.Singleton<IPeriodJudge>(each => judged.Counting(each.GetRequiredService<PeriodJudge>()))), realtimeSeconds: 3600);
        Bench.Report(name + ".awake", await platform.AwakeAsync(stations), "s", "lower");
        using var gateways = GasGateways.Start(platform.Address, Connections, stations);
        Bench.Report(name + ".reconnect", await GasGateways.SendAsync(gateways), "s", "lower", must: 15);
        Bench.Report(name + ".reconnect.applied", await SecondsAsync(platform.CaughtUpAsync), "s more", "lower");
        Bench.Report(name + ".burst", await GasGateways.SendAsync(gateways), "s", "lower", must: 15);
        Bench.Report(name + ".burst.applied", await SecondsAsync(platform.CaughtUpAsync), "s more", "lower");
        Bench.Report(name + ".memory", Memory() / 1e6, "MB", "lower", must: 2000);
        await CloseAsync(name, platform, time, judged, stations);
        // Last, because it takes longest: all before runs beside it, as on the day it happens.
        Bench.Report(name + ".reconnect.sealed", await SecondsAsync(() => platform.SealedAsync(stations)), "s more", "lower");
        gateways.Kill();
        await gateways.WaitForExitAsync();
    }

    /// <summary>The clock jumps past the hour and its grace: chunks are written, hours judged. Twins look at their clocks every ten seconds, one after another; that spread is part of the figure.</summary>
    private static async Task CloseAsync(string name, WholePlatform platform, ShiftedTime time, Judged judged, int stations)
    {
        var (cpu, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        time.Advance(TimeSpan.FromMinutes(70));
        await Task.Run(() => platform.Chunks.CheckpointAsync(platform.Counters.AppliedThrough, CancellationToken.None));
        Bench.Report(name + ".hour-close.chunks", clock.Elapsed.TotalSeconds, "s", "lower", must: 5);
        while (judged.Hours < stations) await Task.Delay(20);
        Bench.Report(name + ".hour-close.judged", clock.Elapsed.TotalSeconds, "s", "lower");
        Bench.Report(name + ".hour-close.cpu", (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, "s", "lower");
    }

    private static async Task<double> SecondsAsync(Func<Task> wait)
    {
        var clock = Stopwatch.StartNew();
        await wait();
        return clock.Elapsed.TotalSeconds;
    }

    private static long Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    /// <summary>The system's clock, that may be put forward.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        private long _ticks;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }

    private sealed class Judged
    {
        private int _hours;

        public int Hours => Volatile.Read(ref _hours);

        public IPeriodJudge Counting(IPeriodJudge judge) => new Judge(judge, this);

        private sealed class Judge(IPeriodJudge judge, Judged judged) : IPeriodJudge
        {
            public async Task<JudgedPeriod> JudgeHourAsync(int stationNo, TwinSettings settings, DateTime hour, CancellationToken ct)
            {
                var period = await judge.JudgeHourAsync(stationNo, settings, hour, ct);
                Interlocked.Increment(ref judged._hours);
                return period;
            }

            public Task<JudgedPeriod> JudgeDayAsync(int stationNo, TwinSettings settings, DateTime day, CancellationToken ct) => judge.JudgeDayAsync(stationNo, settings, day, ct);
        }
    }
}
