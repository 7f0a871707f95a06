using System.Globalization;
using Microsoft.Extensions.Localization;
using Qingyuan.Console.Stations;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Analysis;

/// <summary>What the pictures are drawn from. Numbers are shortened for the eye; the API has them whole.</summary>
internal static class ExploreModels
{
    private const int MostDays = 400;

    /// <summary>Width of the map to its height.</summary>
    private const double MapShape = 2.2;

    /// <summary>Degrees; a single station is shown with some two kilometres around it.</summary>
    private const double LeastMapHeight = 0.02;

    /// <summary>Stations by day, in the order given. Colours reach over all stations, so that one page can be held against another.</summary>
    public static object? Heat(AnalysisOverview found, IReadOnlyList<DateOnly> days, IReadOnlyList<RankedStation> stations, IStringLocalizer<Texts> words)
    {
        if (found.Days.Count is 0) return null;
        var (row, column) = (stations.Select((station, at) => (station.Of.Station.Mn, at)).ToDictionary(pair => pair.Mn, pair => pair.at), days.Select((day, at) => (day, at)).ToDictionary(pair => pair.day, pair => pair.at));
        var shown = found.Days.Where(cell => row.ContainsKey(cell.Mn)).ToList();
        var (least, most) = (found.Days.Min(cell => cell.Mean), found.Days.Max(cell => cell.Mean));
        var unit = Unit(found);
        return new
        {
            description = words["heat"].Value, unit, least, most, leastText = N(least), mostText = $"{N(most)} {unit}",
            days = days.Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)).ToArray(),
            stations = stations.Select(station => station.Of.Station.Title()).ToArray(),
            names = new { mean = words["mean"].Value, max = words["max"].Value, count = words["count"].Value, over = words["over"].Value },
            cells = shown.Select(cell => new object[] { column[cell.Day], row[cell.Mn], cell.Mean, cell.Count, cell.Over, N(cell.Max), N(cell.Mean) }).ToArray(),
        };
    }

    /// <summary>Every day of the period, also those without values: a gap is to be seen. Of very long ones only days with values.</summary>
    public static IReadOnlyList<DateOnly> Days(AnalysisQuery query, AnalysisOverview found)
    {
        var (first, last) = (DateOnly.FromDateTime(query.From), DateOnly.FromDateTime(query.To.AddTicks(-1)));
        var count = last.DayNumber - first.DayNumber + 1;
        return count <= MostDays ? [.. Enumerable.Range(0, count).Select(first.AddDays)] : [.. found.Days.Select(cell => cell.Day).Distinct().Order()];
    }

    /// <summary>Where the stations are, and which were over their limit; null when none has a position.</summary>
    /// <param name="found">The values.</param>
    /// <param name="lines">What lies behind them, as points of longitude and latitude.</param>
    /// <param name="words">Texts.</param>
    public static object? Map(AnalysisOverview found, IReadOnlyList<double[][]> lines, IStringLocalizer<Texts> words)
    {
        var placed = Placed(found).OrderBy(each => each.Of.Over).ToList();
        if (placed.Count is 0) return null;
        var (west, east, south, north) = Frame([.. placed.Select(each => new[] { (double)each.At.Longitude, (double)each.At.Latitude }), .. lines.SelectMany(line => line)]);
        return new
        {
            description = words["map"].Value, unit = Unit(found), west, east, south, north, lines, lon = words["map.lon"].Value, lat = words["map.lat"].Value,
            names = new { over = words["over"].Value, median = words["median"].Value, count = words["count"].Value, datum = words["map.datum"].Value },
            points = placed.Select(each => new object[] { each.At.Longitude, each.At.Latitude, each.Of.Station.Title(), each.Of.Over, N(each.Of.Spread.Median), each.Of.Spread.Count, Datum(each.At.Datum) }).ToArray(),
            keys = placed.Select(each => each.Of.Station.Mn).ToArray(),
        };
    }

    /// <summary>How many positions are in the datum that fewer of them have; null when all are in one. Positions are drawn as filed: nobody converts them.</summary>
    public static (int Count, string Datum)? OtherDatum(AnalysisOverview found)
    {
        var datums = Placed(found).GroupBy(each => each.At.Datum).OrderBy(same => same.Count()).ToList();
        return datums.Count < 2 ? null : (datums[0].Count(), Datum(datums[0].Key));
    }

    private static string Datum(PositionDatum datum) => datum is PositionDatum.Gcj02 ? "GCJ-02" : "WGS-84";

    public static IEnumerable<(StationSpread Of, StationPosition At)> Placed(AnalysisOverview found) =>
        found.Stations.Where(station => station.Station.Position is not null).Select(station => (station, station.Station.Position!));

    /// <summary>What holds all points, with some room, as wide to its height as the picture: a degree east is shorter than one north.</summary>
    private static (double West, double East, double South, double North) Frame(IReadOnlyList<double[]> points)
    {
        var (west, east, south, north) = (points.Min(point => point[0]), points.Max(point => point[0]), points.Min(point => point[1]), points.Max(point => point[1]));
        var (x, y) = ((west + east) / 2, (south + north) / 2);
        var shrunk = Math.Max(0.1, Math.Cos(y * Math.PI / 180));
        var height = Math.Max(Math.Max(north - south, (east - west) * shrunk / MapShape) * 1.2, LeastMapHeight);
        var width = height * MapShape / shrunk;
        return (Math.Round(x - (width / 2), 3), Math.Round(x + (width / 2), 3), Math.Round(y - (height / 2), 3), Math.Round(y + (height / 2), 3));
    }

    public static object Bars(AnalysisOverview found, IStringLocalizer<Texts> words) => new
    {
        description = words["histogram"].Value, unit = Unit(found),
        labels = found.Histogram.Select(bar => N(bar.From)).ToArray(), ranges = found.Histogram.Select(bar => $"{N(bar.From)} – {N(bar.To)}").ToArray(), counts = found.Histogram.Select(bar => bar.Count).ToArray(),
    };

    /// <summary>One box a row; a row of a station carries its MN.</summary>
    public static object Boxes(IEnumerable<(string Label, string? Mn, Distribution Spread)> rows, string unit, IStringLocalizer<Texts> words)
    {
        var all = rows.ToList();
        return new
        {
            description = words["boxes"].Value, unit, labels = all.Select(row => row.Label).ToArray(), keys = all.Select(row => row.Mn).ToArray(),
            boxes = all.Select(row => new[] { row.Spread.Min, row.Spread.Lower, row.Spread.Median, row.Spread.Upper, row.Spread.Max }).ToArray(),
            tips = all.Select(row => $"{N(row.Spread.Min)} · {N(row.Spread.Lower)} · {N(row.Spread.Median)} · {N(row.Spread.Upper)} · {N(row.Spread.Max)} {unit}").ToArray(),
        };
    }

    /// <summary>Median and quartiles by hour of the day; a second period beside the first.</summary>
    public static object Profile(AnalysisOverview found, string name, AnalysisOverview? other, string otherName, IStringLocalizer<Texts> words) => new
    {
        description = words["profile"].Value, unit = Unit(found), hours = Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture)).ToArray(),
        quarter = new[] { " 25%", " 75%" },
        series = new[] { (Name: name, Found: found), (Name: otherName, Found: other) }.Where(pair => pair.Found is not null).Select(pair => new
        {
            name = pair.Name, median = Hours(pair.Found!, spread => spread.Median), low = Hours(pair.Found!, spread => spread.Lower), high = Hours(pair.Found!, spread => spread.Upper),
        }).ToArray(),
    };

    public static object Scatter(AnalysisCorrelation found, string x, string y, IStringLocalizer<Texts> words) => new
    {
        description = words["correlation"].Value, xName = x, yName = y,
        points = found.Shown.Select(pair => new object[] { pair.X, pair.Y, pair.Mn, pair.At.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) }).ToArray(),
    };

    public static string Unit(AnalysisOverview found) => found.Stations is [var first, ..] ? FactorWords.Unit(first.Unit) : "";

    /// <summary>Four figures, no more digits than they need.</summary>
    public static string N(double value) => value.ToString(Math.Abs(value) is >= 1000 ? "F0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>A coefficient of correlation; a dash when there is none.</summary>
    public static string R(double? coefficient) => coefficient is { } r ? r.ToString("0.000", CultureInfo.InvariantCulture) : "—";

    private static double?[] Hours(AnalysisOverview found, Func<Distribution, double> of)
    {
        var hours = new double?[24];
        foreach (var hour in found.Profile) hours[hour.Hour] = Math.Round(of(hour.Spread), 4);
        return hours;
    }
}
