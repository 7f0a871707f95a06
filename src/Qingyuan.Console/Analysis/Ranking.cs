using Qingyuan.Console.Stations;
using Qingyuan.Platform.Analysis.Contracts;

namespace Qingyuan.Console.Analysis;

/// <summary>A station in its place.</summary>
/// <param name="Worst">Its day with most values over the limit, among equals the one with the highest mean; null when it has no day.</param>
public sealed record RankedStation(StationSpread Of, DayCell? Worst);

/// <summary>The stations of an answer in one order, by pages: heat map, table and box plots show the same page.</summary>
public sealed class Ranking
{
    /// <summary>A picture of more rows shows none of them.</summary>
    public const int Rows = 60;

    private readonly RankedStation[] _all;

    private Ranking(RankedStation[] all, string order, int page)
    {
        (_all, Order, Page) = (all, order, page);
        Shown = [.. all.Skip(page * Rows).Take(Rows)];
    }

    /// <summary>Most values over the limit, highest mean, name.</summary>
    public static IReadOnlyList<string> Orders { get; } = ["over", "mean", "name"];

    public string Order { get; }

    /// <summary>From 0.</summary>
    public int Page { get; }

    public IReadOnlyList<RankedStation> Shown { get; }

    /// <summary>Place of the first one shown, from 1.</summary>
    public int First => (Page * Rows) + 1;

    public int Last => (Page * Rows) + Shown.Count;

    public int Total => _all.Length;

    public int Pages => Math.Max(1, (Total + Rows - 1) / Rows);

    public static Ranking Of(AnalysisOverview found, string order)
    {
        ArgumentNullException.ThrowIfNull(found);
        var worst = found.Days.GroupBy(cell => cell.Mn).ToDictionary(days => days.Key, days => days.MaxBy(cell => (cell.Over, cell.Mean))!);
        return new(Sorted(found.Stations.Select(station => new RankedStation(station, worst.GetValueOrDefault(station.Station.Mn))), order), order, 0);
    }

    public Ranking By(string order) => new(Sorted(_all, order), order, 0);

    public Ranking At(int page) => new(_all, Order, Math.Clamp(page, 0, Pages - 1));

    public RankedStation? Find(string mn) => _all.FirstOrDefault(ranked => ranked.Of.Station.Mn == mn);

    /// <summary>The page on which a station stands; this one when there is no such station.</summary>
    public Ranking Showing(string mn) => Find(mn) is { } ranked && !Shown.Contains(ranked) ? At(Array.IndexOf(_all, ranked) / Rows) : this;

    private static RankedStation[] Sorted(IEnumerable<RankedStation> all, string order) => order switch
    {
        "mean" => [.. all.OrderByDescending(ranked => ranked.Of.Spread.Mean).ThenBy(ranked => ranked.Of.Station.Mn, StringComparer.Ordinal)],
        "name" => [.. all.OrderBy(ranked => ranked.Of.Station.Title(), StringComparer.CurrentCulture).ThenBy(ranked => ranked.Of.Station.Mn, StringComparer.Ordinal)],
        _ => [.. all.OrderByDescending(ranked => ranked.Of.Over).ThenByDescending(ranked => ranked.Of.Spread.Mean).ThenBy(ranked => ranked.Of.Station.Mn, StringComparer.Ordinal)],
    };
}
