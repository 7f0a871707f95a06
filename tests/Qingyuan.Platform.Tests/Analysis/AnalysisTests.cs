using Parquet.Serialization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Export;
using Qingyuan.Platform.Analysis.Reading;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Analysis.Sql;
using Qingyuan.Platform.Tests.Telemetry;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>Many values at once, over real chunks.</summary>
public sealed class AnalysisTests
{
    private static readonly DateTime Day = new(2026, 11, 20);
    private static readonly AnalysisQuery Nox = new("a21002", Day, Day.AddDays(2), Resolution.Hour);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.4-2d")]
    [Requirement("R-5.5.4-3")]
    public async Task The_overview_counts_every_value_once_by_station_day_hour_and_industry()
    {
        await using var site = await Site.OpenAsync();

        var found = (await site.Analysis.OverviewAsync(Nox, null, Ct)).Value;

        Assert.Equal(96, found.Spread!.Count); // two stations, two days of hours; the water station has no such factor
        Assert.Equal(96, found.Histogram.Sum(bar => bar.Count));
        Assert.Equal(["G1", "G2"], found.Stations.Select(station => station.Station.Mn));
        Assert.Equal((24, 23.0, 47.0, 0), (found.Days[0].Count, found.Days[0].Max, found.Stations[0].Spread.Max, found.Days[0].Over));
        Assert.Equal([("coke", 1), ("power", 1)], found.Industries.Select(industry => (industry.Industry, industry.Stations)));
        Assert.Equal(Enumerable.Range(0, 24), found.Profile.Select(hour => hour.Hour));
        Assert.All(found.Profile, hour => Assert.Equal(4, hour.Spread.Count));
        Assert.Equal((90, 6), (found.Marks["N"], found.Marks["M"]));
    }

    [Fact]
    public async Task Over_means_the_mean_the_limit_is_set_for()
    {
        await using var site = await Site.OpenAsync();

        var hours = (await site.Analysis.OverviewAsync(Nox with { Stations = ["G2"] }, null, Ct)).Value;
        var days = (await site.Analysis.OverviewAsync(Nox with { Stations = ["G2"], Resolution = Resolution.Day }, null, Ct)).Value;

        Assert.Equal(7, hours.Stations[0].Over); // 100 and one more each hour, limit 140: 141 to 147
        Assert.Null(days.Spread);
    }

    [Theory]
    [Requirement("R-5.5.4-2a")]
    [Requirement("R-5.5.4-2b")]
    [InlineData("stations=G1", 48)]
    [InlineData("kind=gas", 96)]
    [InlineData("kind=water", 0)]
    [InlineData("industry=coke", 48)]
    [InlineData("marks=M", 6)]
    [InlineData("marks=M,N", 96)]
    [InlineData("marks=none", 0)]
    [InlineData("least=100", 48)]
    [InlineData("least=10&most=12.5", 3)]
    [InlineData("while=a01011&whileLeast=10", 48)]
    [InlineData("while=a01011&whileMost=9.9", 48)]
    [InlineData("while=unknown", 0)]
    [InlineData("industry=coke&marks=N&least=5&most=20", 16)]
    public async Task Conditions_are_combined(string conditions, int fitting)
    {
        await using var site = await Site.OpenAsync();
        var asked = AnalysisText.Parse($"factor=a21002&from=2026-11-20T00:00:00%2B08:00&to=2026-11-22T00:00:00%2B08:00&{conditions}");

        var rows = (await site.Analysis.RowsAsync(asked.Understand(default).Value, null, Ct)).Value;

        Assert.Equal(fitting, rows.Count);
        Assert.Equal(asked, AnalysisText.Parse(asked.ToString()));
    }

    [Fact]
    public async Task Two_factors_are_paired_by_station_and_time()
    {
        await using var site = await Site.OpenAsync();

        var found = (await site.Analysis.CorrelationAsync(Nox with { Stations = ["G1"] }, "a01012", null, Ct)).Value;

        Assert.Equal(48, found.Pairs);
        Assert.Equal(-1, found.Coefficient!.Value, 9); // temperature was sent as minus the value
        Assert.Equal(48, found.Shown.Count);
        Assert.Equal((0, 0.0, 0.0), ((await site.Analysis.CorrelationAsync(Nox, "unknown", null, Ct)).Value.Pairs, found.Shown[0].X, found.Shown[0].Y));
    }

    [Fact]
    public async Task A_reader_sees_his_own_stations_and_too_much_is_refused_before_it_is_read()
    {
        await using var site = await Site.OpenAsync();

        Assert.Equal("G2", Assert.Single((await site.Analysis.OverviewAsync(Nox, new HashSet<int> { 2 }, Ct)).Value.Stations).Station.Mn);
        Assert.Equal("analysis.station-invalid", (await site.Analysis.OverviewAsync(Nox with { Stations = ["G1"] }, new HashSet<int> { 2 }, Ct)).Refusal.Code);
        Assert.Equal("analysis.too-much", (await site.Analysis.OverviewAsync(Nox with { Resolution = Resolution.Minute, To = Day.AddYears(60) }, null, Ct)).Refusal.Code);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("parquet")]
    public async Task Exports_hold_the_text_as_sent_and_the_number_beside_it(string format)
    {
        await using var site = await Site.OpenAsync();

        await using var file = (await site.Export.WriteAsync(Nox with { Stations = ["G1"] }, format, new Person("export", null), Ct)).Value;

        var (count, first) = await ReadBackAsync(format, file);
        Assert.Equal(48, count);
        Assert.Equal(("G1", "=1+1 号炉", "0.0", 0.0), first);
    }

    private static async Task<(int Count, (string Mn, string Name, string Text, double Value) First)> ReadBackAsync(string format, Stream file)
    {
        if (format is "parquet")
        {
            var read = await ParquetSerializer.DeserializeAsync<Flat>(file, cancellationToken: Ct);
            return (read.Data.Count, (read.Data[0].Mn!, read.Data[0].Station!, read.Data[0].Text!, read.Data[0].Value!.Value));
        }

        if (format is "xlsx")
        {
            var cells = MiniExcelLibs.MiniExcel.Query(file, useHeaderRow: false).Cast<IDictionary<string, object>>().ToList();
            return (cells.Count - 1, ((string)cells[1]["A"], (string)cells[1]["B"], (string)cells[1]["E"], Convert.ToDouble(cells[1]["F"], System.Globalization.CultureInfo.InvariantCulture)));
        }

        var lines = (await new StreamReader(file).ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var first = lines[1].Split(',');
        Assert.Equal("'=1+1 号炉", first[1]); // no formula for a spreadsheet
        return (lines.Length - 1, (first[0], first[1][1..], first[4], double.Parse(first[5], System.Globalization.CultureInfo.InvariantCulture)));
    }

    private sealed class Flat
    {
        public string? Mn { get; set; }

        public string? Station { get; set; }

        public string? Text { get; set; }

        public double? Value { get; set; }
    }

    /// <summary>Two gas stations with two days of hours, one water station without them.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private readonly TelemetryHouse _house;

        private readonly RowReader _rows;

        private Site(TelemetryHouse house)
        {
            _house = house;
            _rows = new(house.Get<ITelemetryReader>(), new Stations());
            Analysis = new(_rows);
            Export = new(_rows, new Shelf(new DataDirectory(house.Folder), house.Time));
        }

        public AnalysisReader Analysis { get; }

        public RowExport Export { get; }

        public static async Task<Site> OpenAsync()
        {
            var house = await TelemetryHouse.OpenAsync();
            for (var hour = 0; hour < 48; hour++)
            {
                var mark = hour < 3 ? "M" : "N";
                foreach (var (station, value) in new[] { (1, hour), (2, 100 + hour) })
                {
                    await house.ApplyAsync(
                        station, hour + 1, Day.AddHours(hour), Resolution.Hour,
                        ("a21002", "Avg", $"{value}.0", mark), ("a01011", "Avg", hour % 2 == 0 ? "12.5" : "7", "N"), ("a01012", "Avg", $"{-value}", "N"));
                }
            }

            await house.CheckpointAsync(48);
            return new(house);
        }

        public ValueTask DisposeAsync()
        {
            _rows.Dispose();
            return _house.DisposeAsync();
        }
    }

    private sealed class Stations : IStationDirectory
    {
        public IReadOnlyList<StationInfo> All { get; } = [Gas(1, "G1", "=1+1 号炉", "coke", null), Gas(2, "G2", "二号炉", "power", 140), Gas(3, "W1", "总排口", "coke", null) with { Kind = StationKind.Water, Factors = [] }];

        public event EventHandler? Changed
        {
            add { }
            remove { }
        }

        public StationAccess? FindAccess(ReadOnlySpan<char> mn) => null;

        public StationInfo? Find(string mn) => All.FirstOrDefault(station => station.Mn == mn);

        public StationInfo? Get(int stationNo) => All.FirstOrDefault(station => station.StationNo == stationNo);

        private static StationInfo Gas(int no, string mn, string name, string industry, decimal? limit) => new(
            no, Guid.CreateVersion7(), mn, name, StationKind.Gas, 2017, FlagTable.Hj75, false, "D1", "排污单位", "DA001", null, industry, null, 60, 10, null, null,
            [new("a21002", "氮氧化物", "Nitrogen oxides", "mg/m3", 1, limit is null ? null : new(limit, null, null, LimitBasis.HourlyMean, "test"), null, null, "cems")]);
    }
}
