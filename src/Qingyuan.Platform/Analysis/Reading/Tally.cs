using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Statistics;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Analysis.Reading;

/// <summary>What is counted while the stations go by. It keeps numbers only, so that a large question needs little memory.</summary>
internal sealed class Tally
{
    private readonly List<double> _all = [];
    private readonly List<DayCell> _days = [];
    private readonly List<StationSpread> _stations = [];
    private readonly Dictionary<string, (int Stations, List<double> Values)> _industries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _marks = new(StringComparer.Ordinal);
    private readonly List<double>[] _hours = [.. Enumerable.Range(0, 24).Select(_ => new List<double>())];
    private int _unreadable;

    /// <param name="pieces">Of the station, one after the other; a day is never in two of them.</param>
    public async Task AddAsync(StationInfo station, FactorSetting factor, IAsyncEnumerable<Piece> pieces)
    {
        var (values, over) = (new List<double>(), 0);
        await foreach (var piece in pieces)
        {
            _unreadable += piece.Unreadable;
            over += piece.Rows.Count(row => row.Over);
            values.AddRange(piece.Rows.Select(row => row.Value));
            AddDays(station, piece.Rows);
        }

        if (Distribution.Of(values) is not { } spread) return;
        _stations.Add(new(station, spread, over, factor.Limit?.Upper, factor.Unit));
        _all.AddRange(values);
        var industry = _industries.GetValueOrDefault(station.Industry ?? "", (0, []));
        industry.Values.AddRange(values);
        _industries[station.Industry ?? ""] = (industry.Stations + 1, industry.Values);
    }

    public AnalysisOverview Overview() => new(
        Distribution.Of(_all), Histogram.Of(_all), _days, _stations,
        [.. _industries.Select(pair => new IndustrySpread(pair.Key, pair.Value.Stations, Distribution.Of(pair.Value.Values)!)).OrderBy(industry => industry.Industry, StringComparer.Ordinal)],
        _marks, [.. _hours.Select((values, hour) => (hour, Spread: Distribution.Of(values))).Where(pair => pair.Spread is not null).Select(pair => new HourSpread(pair.hour, pair.Spread!))],
        _unreadable);

    private void AddDays(StationInfo station, IReadOnlyList<AnalysisRow> rows)
    {
        _days.AddRange(rows.GroupBy(row => DateOnly.FromDateTime(row.At)).Select(day => new DayCell(
            station.Mn, day.Key, day.Count(), day.Average(row => row.Value), day.Max(row => row.Value), day.Count(row => row.Over))));
        foreach (var row in rows)
        {
            _hours[row.At.Hour].Add(row.Value);
            _marks[row.Mark ?? ""] = _marks.GetValueOrDefault(row.Mark ?? "") + 1;
        }
    }
}
