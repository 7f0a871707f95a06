using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Analysis.Sql.DataSets;
using Qingyuan.Platform.Analysis.Sql.Running;

namespace Qingyuan.Benchmarks.Analysis;

/// <summary>The largest data set there can be: written by the platform, then means by station and day over it in the real child process. Beside: the same sums over arrays in memory, and the same program without its engine.</summary>
internal static class SqlBenchmark
{
    private const int Stations = 500;
    private const int HoursEach = 10_000;
    private const int Rows = Stations * HoursEach;
    private const string Means = "SELECT mn, date_trunc('day', sampled_at) AS day, count(*) AS n, avg(value) AS mean, max(value) AS highest FROM readings GROUP BY ALL";
    private static readonly DateTime Start = new(2025, 1, 1);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-sql-").FullName;
        try
        {
            var wrote = await FillAsync(folder);
            Bench.Report("analysis.sql.write", Rows / wrote / 1e6, "M values/s", limit: Rows / Append(folder) / 1e6);
            List<double> bare = [], ready = [], query = [], memory = [], sums = [];
            for (var round = 0; round < 5; round++)
            {
                bare.Add((await AskAsync(folder, null)).Seconds);
                ready.Add((await AskAsync(folder, "SELECT 1")).Seconds);
                sums.Add(Sum());
                var asked = await AskAsync(folder, Means);
                query.Add(Rows / (asked.Milliseconds / 1e3));
                memory.Add(asked.Megabytes);
            }

            Bench.Report("analysis.sql.ready", Bench.Median(ready), "s", "lower", Bench.Median(bare));
            Bench.Report("analysis.sql", Bench.Median(query) / 1e6, "M values/s", limit: Bench.Median(sums) / 1e6);
            Bench.Report("analysis.sql.memory", Bench.Median(memory), "MB", "lower");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> FillAsync(string folder)
    {
        await DataSetWriter.WriteAsync(folder, SqlViews.Stations, Array.Empty<StationCells>(), default);
        await DataSetWriter.WriteAsync(folder, SqlViews.Limits, Array.Empty<LimitCells>(), default);
        await DataSetWriter.WriteAsync(folder, SqlViews.Alarms, Array.Empty<AlarmCells>(), default);
        await DataSetWriter.WriteAsync(folder, SqlViews.WorkOrders, Array.Empty<WorkOrderCells>(), default);
        var watch = Stopwatch.StartNew();
        await using var file = new ParquetFile<ReadingCells>(Path.Combine(folder, SqlViews.File(SqlViews.Readings)));
        for (var station = 0; station < Stations; station++)
        {
            var mn = $"MN{station:D6}";
            await file.AddAsync(Enumerable.Range(0, HoursEach).Select(hour => new ReadingCells
            {
                Mn = mn, Factor = "a21002", FactorName = "氮氧化物", Period = "hour", SampledAt = Start.AddHours(hour), Value = Value(station, hour), Text = Value(station, hour).ToString("F1", CultureInfo.InvariantCulture), Unit = "mg/m3",
                Flag = "N", Source = "reported", Basis = "measured", Frame = $"{hour}-{station}",
            }), default);
        }

        await file.CompleteAsync(default);
        return watch.Elapsed.TotalSeconds;
    }

    // Seconds that the same bytes take to the disk.
    private static double Append(string folder)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, SqlViews.File(SqlViews.Readings)));
        var watch = Stopwatch.StartNew();
        using (var copy = new FileStream(Path.Combine(folder, "copy"), FileMode.Create))
        {
            copy.Write(bytes);
            copy.Flush(flushToDisk: true);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static double Value(int station, int hour) => (((station * 7) + (hour * 3)) % 900) / 10.0;

    private static double Sum()
    {
        var values = new double[Rows];
        for (var row = 0; row < Rows; row++) values[row] = Value(row / HoursEach, row % HoursEach);
        var (days, watch) = (new (int Count, double Sum, double Most)[Stations * ((HoursEach / 24) + 1)], Stopwatch.StartNew());
        for (var row = 0; row < Rows; row++)
        {
            ref var day = ref days[(row / HoursEach * ((HoursEach / 24) + 1)) + (row % HoursEach / 24)];
            day = (day.Count + 1, day.Sum + values[row], Math.Max(day.Most, values[row]));
        }

        return Rows / watch.Elapsed.TotalSeconds + (days[0].Count > 0 ? 0 : 1);
    }

    /// <param name="sql">Null for an order it cannot read: the program then ends without its engine.</param>
    private static async Task<(double Seconds, long Milliseconds, double Megabytes)> AskAsync(string folder, string? sql)
    {
        var watch = Stopwatch.StartNew();
        using var child = Process.Start(WorkbenchProgram.In(WorkbenchProgram.Usual, folder))!;
        var order = new WorkbenchOrder(SqlViews.All.ToDictionary(view => view.Name, view => new[] { SqlViews.File(view.Name) }), sql ?? "", 1_000_000, 256 << 20, 512, 2048, 1);
        await child.StandardInput.WriteLineAsync(sql is null ? "null" : JsonSerializer.Serialize(order, WorkbenchJson.Default.WorkbenchOrder));
        await child.StandardInput.FlushAsync();
        using var over = new CancellationTokenSource();
        var weighing = WeighAsync(child, over.Token);
        var milliseconds = 0L;
        while (await child.StandardOutput.ReadLineAsync() is { } line)
            if (line is ['{', ..] && JsonSerializer.Deserialize(line, WorkbenchJson.Default.WorkbenchLine) is { Done: { } done }) milliseconds = done.Milliseconds;
        await child.WaitForExitAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        await over.CancelAsync();
        return (seconds, Math.Max(1, milliseconds), await weighing);
    }

    private static async Task<double> WeighAsync(Process child, CancellationToken over)
    {
        var most = 0L;
        while (!over.IsCancellationRequested)
        {
            child.Refresh();
            if (child.HasExited) break;
            most = Math.Max(most, child.WorkingSet64);
            await Task.Delay(10, CancellationToken.None);
        }

        return most / 1e6;
    }
}
