using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Statistics;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Reading;

/// <summary>Reads station by station and keeps numbers only, so that a large question needs little memory.</summary>
internal sealed class AnalysisReader(RowReader rows) : IAnalysis
{
    private const int Shown = 2000;

    public async Task<Result<AnalysisOverview>> OverviewAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        var tally = new Tally();
        foreach (var station in stations)
        {
            var (fitting, unreadable) = await rows.ReadAsync(station, query, ct);
            tally.Add(station, station.Factors.First(factor => factor.Code == query.Factor), fitting, unreadable);
        }

        return tally.Overview();
    }

    public async Task<Result<AnalysisCorrelation>> CorrelationAsync(AnalysisQuery query, string other, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        var pairs = new List<CorrelatedPair>();
        foreach (var station in stations)
        {
            var others = await rows.NumbersAsync(station, query with { Converted = false }, other, ct);
            var (fitting, _) = await rows.ReadAsync(station, query, ct);
            pairs.AddRange(fitting.Where(row => others.ContainsKey(row.At)).Select(row => new CorrelatedPair(station.Mn, row.At, others[row.At], row.Value)));
        }

        var step = Math.Max(1, (pairs.Count + Shown - 1) / Shown);
        return new AnalysisCorrelation(pairs.Count, Correlation.Of([.. pairs.Select(pair => (pair.X, pair.Y))]), [.. pairs.Where((_, at) => at % step == 0)]);
    }

    public async Task<Result<IReadOnlyList<AnalysisRow>>> RowsAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        var all = new List<AnalysisRow>();
        foreach (var station in stations) all.AddRange((await rows.ReadAsync(station, query, ct)).Rows);
        return all;
    }

    /// <summary>What is counted while the stations go by.</summary>
    private sealed class Tally
    {
        private readonly List<double> _all = [];
        private readonly List<DayCell> _days = [];
        private readonly List<StationSpread> _stations = [];
        private readonly Dictionary<string, (int Stations, List<double> Values)> _industries = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _marks = new(StringComparer.Ordinal);
        private readonly List<double>[] _hours = [.. Enumerable.Range(0, 24).Select(_ => new List<double>())];
        private int _unreadable;

        public void Add(StationInfo station, FactorSetting factor, IReadOnlyList<AnalysisRow> fitting, int unreadable)
        {
            _unreadable += unreadable;
            if (Distribution.Of(fitting.Select(row => row.Value)) is not { } spread) return;
            _stations.Add(new(station, spread, fitting.Count(row => row.Over), factor.Limit?.Upper, factor.Unit));
            _days.AddRange(fitting.GroupBy(row => DateOnly.FromDateTime(row.At)).Select(day => new DayCell(
                station.Mn, day.Key, day.Count(), day.Average(row => row.Value), day.Max(row => row.Value), day.Count(row => row.Over))));
            var industry = _industries.GetValueOrDefault(station.Industry ?? "", (0, []));
            _industries[station.Industry ?? ""] = (industry.Stations + 1, industry.Values);
            foreach (var row in fitting)
            {
                _all.Add(row.Value);
                industry.Values.Add(row.Value);
                _hours[row.At.Hour].Add(row.Value);
                _marks[row.Mark ?? ""] = _marks.GetValueOrDefault(row.Mark ?? "") + 1;
            }
        }

        public AnalysisOverview Overview() => new(
            Distribution.Of(_all), Histogram.Of(_all), _days, _stations,
            [.. _industries.Select(pair => new IndustrySpread(pair.Key, pair.Value.Stations, Distribution.Of(pair.Value.Values)!)).OrderBy(industry => industry.Industry, StringComparer.Ordinal)],
            _marks, [.. _hours.Select((values, hour) => (hour, Spread: Distribution.Of(values))).Where(pair => pair.Spread is not null).Select(pair => new HourSpread(pair.hour, pair.Spread!))],
            _unreadable);
    }
}
