using System.Diagnostics;
using Qingyuan.Benchmarks.Platform;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Events;
using Qingyuan.Testing;

namespace Qingyuan.Benchmarks.Alarms;

/// <summary>A province's network fails: every station's link is down at once, and comes back. Alarm, ledger entry, event, notice and work order of each; beside it one row a transaction, which is the most that alarms written one by one could reach.</summary>
internal static class AlarmBenchmark
{
    private const int Stations = 2000;
    private const int AtOnce = 256;
    private const int LoneCommits = 300;

    public static async Task RunAsync()
    {
        await RowsAsync("alarms", null);
        await using var postgres = await PostgresServer.OwnAsync();
        await RowsAsync("alarms.postgres", await postgres.NewDatabaseAsync());
    }

    private static async Task RowsAsync(string name, string? database)
    {
        await using var platform = await WholePlatform.StartAsync(Stations, database, SliceSteps.All[0].Change);
        var alone = LoneCommits / await SecondsAsync(Enumerable.Range(0, LoneCommits), atOnce: 1, _ => CommitAsync(platform.Database));
        foreach (var (word, active) in new[] { ("raise", true), ("clear", false) })
        {
            var since = StationClock.Wall(TimeProvider.System.GetUtcNow());
            var took = await SecondsAsync(Enumerable.Range(1, Stations), AtOnce, station => platform.Alarms.HandleAsync(LinkDown(station, active, since), CancellationToken.None));
            Bench.Report($"{name}.{word}", Stations / took, "alarms/s", limit: alone);
        }
    }

    private static Task<EventRow> CommitAsync(IDatabase database) => database.WriteAsync(
        (db, _) => Task.FromResult(db.Add(new EventRow { Kind = "bench", At = TimeProvider.System.GetUtcNow(), Data = "{}" }).Entity), CancellationToken.None);

    private static AlarmSignal LinkDown(int station, bool active, DateTime since) => new(
        station, AlarmKind.LinkDown, "link", AlarmSeverity.Serious, active, since, null, "alarm.link-down", new Dictionary<string, string> { ["minutes"] = "5" }, "LIVENESS@1", null);

    private static async Task<double> SecondsAsync(IEnumerable<int> each, int atOnce, Func<int, Task> act)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(each, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (one, _) => await act(one));
        return clock.Elapsed.TotalSeconds;
    }
}
