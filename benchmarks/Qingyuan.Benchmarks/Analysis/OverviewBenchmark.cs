using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Reading;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Benchmarks.Analysis;

/// <summary>A month of hourly means of a thousand stations with ten factors each, one factor looked at: from the question to the whole overview, beside decoding the same chunks from memory.</summary>
internal static class OverviewBenchmark
{
    private const int Stations = 1000;
    private const int Days = 30;
    private const int Factors = 10;
    private static readonly DateTime Start = new(2026, 10, 1);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-analysis-").FullName;
        try
        {
            await using var services = new ServiceCollection().AddLogging().AddSingleton(new DataDirectory(folder)).AddTelemetry(new ConfigurationBuilder().Build()).BuildServiceProvider();
            await FillAsync(services);
            var analysis = new AnalysisReader(new(services.GetRequiredService<ITelemetryReader>(), new Archive()));
            var query = new AnalysisQuery("a00003", Start, Start.AddDays(Days), Resolution.Hour);
            List<double> overviews = [], decodes = [];
            for (var round = 0; round < 5; round++)
            {
                decodes.Add(Decode(services));
                overviews.Add(await PerSecondAsync(async () => (await analysis.OverviewAsync(query, null, CancellationToken.None)).Value.Spread!.Count));
            }

            Bench.Report("analysis.overview", Bench.Median(overviews) / 1e6, "M values/s", limit: Bench.Median(decodes) / 1e6);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(ServiceProvider services)
    {
        var writer = services.GetRequiredService<IChunkWriter>();
        for (var day = 0; day < Days; day++)
        {
            for (var hour = 0; hour < 24; hour++)
            for (var station = 1; station <= Stations; station++)
            {
                var at = Start.AddDays(day).AddHours(hour);
                var values = Enumerable.Range(0, Factors).Select(factor => new ReportedValue($"a0000{factor}", "Avg", $"{((station * 7) + (hour * 3) + (day * 5) + factor) % 90}.{hour % 10}", "N", null)).ToArray();
                await writer.ApplyAsync(station, new(new((day * 24) + hour + 1, station), Resolution.Hour, at, StationClock.Instant(at), values), CancellationToken.None);
            }

            await writer.CheckpointAsync((day + 1) * 24, CancellationToken.None);
        }
    }

    private static double Decode(ServiceProvider services)
    {
        var store = services.GetRequiredService<IChunkStore>();
        var all = store.All().ToList();
        var watch = Stopwatch.StartNew();
        var values = all.Sum(pair => ChunkDecoder.Decode(pair.Key, pair.Bytes, store.Codes(pair.Key), "a00003").Cells);
        return values / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> PerSecondAsync(Func<Task<int>> act)
    {
        var watch = Stopwatch.StartNew();
        var values = await act();
        return values / watch.Elapsed.TotalSeconds;
    }

    private sealed class Archive : IStationDirectory
    {
        public IReadOnlyList<StationInfo> All { get; } = [.. Enumerable.Range(1, Stations).Select(Station)];

        public event EventHandler? Changed
        {
            add { }
            remove { }
        }

        public StationAccess? FindAccess(ReadOnlySpan<char> mn) => null;

        public StationInfo? Find(string mn) => All.FirstOrDefault(station => station.Mn == mn);

        public StationInfo? Get(int stationNo) => All[stationNo - 1];

        private static StationInfo Station(int no) => new(
            no, Guid.CreateVersion7(), $"MN{no:D6}", $"S{no}", StationKind.Gas, 2017, FlagTable.Hj75, false, "D", "D", "DA001", null, no % 2 is 0 ? "coke" : "power", null, 60, 10, null, null,
            [.. Enumerable.Range(0, Factors).Select(factor => new FactorSetting($"a0000{factor}", "因子", "Factor", "mg/m3", 1, new(50, null, null, LimitBasis.HourlyMean, "bench"), null, null, "cems"))]);
    }
}
