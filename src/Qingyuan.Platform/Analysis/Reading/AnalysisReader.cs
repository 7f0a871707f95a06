using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Statistics;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Reading;

/// <summary>Reads station by station and keeps what is asked for only, so that a large question needs little memory.</summary>
internal sealed class AnalysisReader(RowReader rows) : IAnalysis
{
    /// <summary>Values that are told at once; more go into a file.</summary>
    private const int MostRows = 100_000;
    private const int Shown = 2000;

    public Task<Result<AnalysisOverview>> OverviewAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct) => rows.Gate.RunAsync(() => ReadOverviewAsync(query, scope, ct), ct);

    public Task<Result<AnalysisCorrelation>> CorrelationAsync(AnalysisQuery query, string other, IReadOnlySet<int>? scope, CancellationToken ct) => rows.Gate.RunAsync(() => ReadCorrelationAsync(query, other, scope, ct), ct);

    public Task<Result<IReadOnlyList<FactorSpread>>> FactorsAsync(AnalysisQuery query, IReadOnlyCollection<string> beside, IReadOnlySet<int>? scope, CancellationToken ct) => rows.Gate.RunAsync(() => ReadFactorsAsync(query, beside, scope, ct), ct);

    public Task<Result<IReadOnlyList<AnalysisRow>>> RowsAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct) => rows.Gate.RunAsync(() => ReadRowsAsync(query, scope, ct), ct);

    private async Task<Result<AnalysisOverview>> ReadOverviewAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        if (SameUnit.Refuse(stations, query.Factor) is { } mixed) return mixed;
        return await TallyAsync(stations, query, ct);
    }

    private async Task<AnalysisOverview> TallyAsync(IReadOnlyList<StationInfo> stations, AnalysisQuery query, CancellationToken ct)
    {
        var tally = new Tally();
        foreach (var station in stations) await tally.AddAsync(station, station.Factors.First(factor => factor.Code == query.Factor), rows.ReadAsync(station, query, ct));
        return tally.Overview();
    }

    private async Task<Result<IReadOnlyList<FactorSpread>>> ReadFactorsAsync(AnalysisQuery query, IReadOnlyCollection<string> beside, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        string[] factors = [query.Factor, .. beside.Where(factor => factor != query.Factor).Distinct(StringComparer.Ordinal)];
        if (factors.Length - 1 > IAnalysis.MostBeside) return new FieldFault("beside", Faults.AtMost(IAnalysis.MostBeside));
        var parts = new List<(AnalysisQuery Query, IReadOnlyList<StationInfo> Stations)>();
        foreach (var part in factors.Select(query.Of))
        {
            if (!rows.StationsOf(part, scope).TryGet(out var stations, out var refusal)) return refusal;
            if (SameUnit.Refuse(stations, part.Factor) is { } mixed) return mixed;
            parts.Add((part, stations));
        }

        var values = parts.Sum(part => part.Stations.Sum(station => RowReader.Periods(query, station)));
        if (values > RowReader.Most) return RowReader.TooMuch(values, RowReader.Most);
        var found = new List<FactorSpread>();
        foreach (var (part, stations) in parts)
        {
            var spread = await SpreadAsync(part, stations, ct);
            found.Add(part.Factor == query.Factor ? spread : await PairAsync(spread, query, parts[0].Stations, ct));
        }

        return found;
    }

    // Oxygen, flow and the like are never brought to reference oxygen: beside those that are they stand as measured.
    private async Task<FactorSpread> SpreadAsync(AnalysisQuery query, IReadOnlyList<StationInfo> stations, CancellationToken ct)
    {
        var found = await TallyAsync(stations, query, ct);
        if (query.Converted && found is { Spread: null, Unreadable: 0 }) return await SpreadAsync(query with { Converted = false }, stations, ct);
        var unit = stations is [var first, ..] ? first.Factors.First(factor => factor.Code == query.Factor).Unit : "";
        return new(query.Factor, unit, found.Stations.Count, found.Spread, found.Stations.Sum(station => station.Over), found.Unreadable, query.Converted, 0, null);
    }

    private async Task<FactorSpread> PairAsync(FactorSpread found, AnalysisQuery query, IReadOnlyList<StationInfo> stations, CancellationToken ct)
    {
        var sums = new PairSums();
        foreach (var station in stations)
            await foreach (var (row, x) in rows.PairsAsync(station, query, found.Factor, ct)) sums.Add(x, row.Value);
        return found with { Pairs = sums.Count, Coefficient = sums.Coefficient };
    }

    private async Task<Result<AnalysisCorrelation>> ReadCorrelationAsync(AnalysisQuery query, string other, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        if ((SameUnit.Refuse(stations, query.Factor) ?? SameUnit.Refuse(stations, other)) is { } mixed) return mixed;
        var (all, shown, each) = (new PairSums(), new EvenSample<CorrelatedPair>(Shown), new List<StationCorrelation>());
        foreach (var station in stations)
        {
            var own = new PairSums();
            await foreach (var (row, x) in rows.PairsAsync(station, query, other, ct))
            {
                own.Add(x, row.Value);
                all.Add(x, row.Value);
                shown.Add(new(station.Mn, row.At, x, row.Value));
            }

            if (own.Count > 0) each.Add(new(station.Mn, own.Count, own.Coefficient));
        }

        return new AnalysisCorrelation(all.Count, all.Coefficient, shown.Kept) { Stations = each };
    }

    private async Task<Result<IReadOnlyList<AnalysisRow>>> ReadRowsAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        var expected = stations.Sum(station => RowReader.Periods(query, station));
        if (!IsNarrowed(query) && expected > MostRows) return RowReader.TooMuch(expected, MostRows);
        var all = new List<AnalysisRow>();
        foreach (var station in stations)
        {
            await foreach (var piece in rows.ReadAsync(station, query, ct))
            {
                all.AddRange(piece.Rows);
                if (all.Count > MostRows) return RowReader.TooMuch(all.Count, MostRows);
            }
        }

        return all;
    }

    // Of such a question only reading can tell how much fits.
    private static bool IsNarrowed(AnalysisQuery query) => query is not { Marks.Count: 0, Verdict: null, Least: null, Most: null, While.Count: 0 };
}
