using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Benchmarks.Telemetry;

/// <summary>A month of some stations moved to Parquet: bytes a point against the source's entropy, speed of the move against writing and syncing the same bytes, and a day read back.</summary>
internal static class ColdBenchmark
{
    private const int Stations = 6;

    private static readonly DateTime s_start = new(2024, 3, 1);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-");
        try
        {
            await RunAsync(new SqliteFiles(folder.FullName));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(SqliteFiles files)
    {
        var (store, options) = (new SqliteChunkStore(files), new TelemetryOptions());
        var points = Write(store);
        var catalogue = new ColdCatalogue(new(files.Folder), options);
        var move = new ColdMove(store, store, catalogue, new(catalogue), new MonthGuard(catalogue), new UsualColdPolicy(), new Mns(), options, TimeProvider.System, NullLogger<ColdMove>.Instance);
        var watch = Stopwatch.StartNew();
        var run = await move.RunAsync(default);
        var seconds = watch.Elapsed.TotalSeconds;
        if (run.Parts.Sum(part => part.Values) != points) throw new InvalidOperationException("The benchmark moved something else than it wrote.");

        var values = run.Parts.Sum(part => part.Files[0].Bytes);
        Bench.Report("telemetry.cold.bytes-per-point", values / (double)points, "B", "lower", SyntheticStation.Entropy, must: 1.3, mustRatio: 1.35);
        Bench.Report("telemetry.cold.bytes-per-point-with-sources", run.Parts.SelectMany(part => part.Files).Sum(file => file.Bytes) / (double)points, "B", "lower", SyntheticStation.Entropy);
        Bench.Report("telemetry.cold.move", points / seconds / 1e6, "M points/s", limit: points / Synced(files.Folder, run.Parts.SelectMany(part => part.Files).Sum(file => file.Bytes)) / 1e6);
        Bench.Report("telemetry.cold.one-factor-month", Milliseconds(() => new ColdStore(catalogue).Month(Month, 3, "a21007").Values.Sum(chunk => chunk.Cells)), "ms", "lower");
        Bench.Report("telemetry.cold.one-station-month", Milliseconds(() => new ColdStore(catalogue).Month(Month, 3).Values.Sum(chunk => chunk.Cells)), "ms", "lower");
    }

    private static int Month => (s_start.Year * 12) + s_start.Month - 1;

    private static long Write(SqliteChunkStore store)
    {
        var stations = Enumerable.Range(1, Stations).Select(number => new SyntheticStation(number)).ToArray();
        var encoder = new ChunkEncoder();
        var hours = DateTime.DaysInMonth(s_start.Year, s_start.Month) * 24;
        for (var hour = 0; hour < hours; hour++)
        {
            var chunks = stations.Select(station => station.Hour(s_start.AddHours(hour))).ToArray();
            store.Write(Month, [.. chunks.Select(chunk => new ChunkWrite(chunk.Key, encoder.Encode(chunk, store.Codes(chunk.Key)), Closed: true))], []);
        }

        return (long)hours * Stations * SyntheticStation.PointsAnHour;
    }

    private static double Synced(string folder, long bytes)
    {
        var watch = Stopwatch.StartNew();
        using var file = new FileStream(Path.Combine(folder, "limit"), FileMode.Create);
        file.Write(new byte[bytes]);
        file.Flush(flushToDisk: true);
        return watch.Elapsed.TotalSeconds;
    }

    private static double Milliseconds(Func<int> read)
    {
        read(); // the first one also checks the file's hash
        return Bench.Median(Enumerable.Range(0, 3).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            if (read() is 0) throw new InvalidOperationException("Nothing was read.");
            return watch.Elapsed.TotalMilliseconds;
        }));
    }

    private sealed class Mns : ILoggerIds
    {
        public string? Of(int stationNo) => $"BENCH{stationNo:00000000000000000000}";
    }
}
