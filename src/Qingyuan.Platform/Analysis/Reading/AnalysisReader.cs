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

    /// <summary>Of a factor that stands beside another: its values, and both to be paired.</summary>
    private const int Reads = 3;

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
        string[] others = [.. beside.Where(factor => factor != query.Factor).Distinct(StringComparer.Ordinal)];
        if (others.Length > IAnalysis.MostBeside) return new FieldFault("beside", Faults.AtMost(IAnalysis.MostBeside));
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        if (others.Prepend(query.Factor).Select(factor => SameUnit.Refuse(stations, factor)).FirstOrDefault(fault => fault is not null) is { } mixed) return mixed;
        var each = stations.Sum(station => RowReader.Periods(query, station));
        var values = each * (1 + (Reads * others.Length));
        if (values > RowReader.Most) return RowReader.TooMuch(values, RowReader.Most);
        var found = new List<FactorSpread> { await SpreadAsync(stations, query, ct) };
        foreach (var other in others) found.Add(await BesideAsync(stations, query, other, ct));
        return found;
    }

    private async Task<FactorSpread> BesideAsync(IReadOnlyList<StationInfo> all, AnalysisQuery query, string other, CancellationToken ct)
    {
        IReadOnlyList<StationInfo> stations = [.. all.Where(station => station.Factors.Any(factor => factor.Code == other))];
        var converted = await IsConvertedAsync(stations, query, other, ct);
        var (spread, sums) = (await SpreadAsync(stations, query.Of(other) with { Converted = converted }, ct), new PairSums());
        foreach (var station in stations)
            await foreach (var (row, x) in rows.PairsAsync(station, query, other, converted, ct)) sums.Add(x, row.Value);
        return spread with { Pairs = sums.Count, Coefficient = sums.Coefficient };
    }

    private async Task<FactorSpread> SpreadAsync(IReadOnlyList<StationInfo> stations, AnalysisQuery query, CancellationToken ct)
    {
        var found = await TallyAsync(stations, query, ct);
        var unit = stations is [var first, ..] ? first.Factors.First(factor => factor.Code == query.Factor).Unit : "";
        return new(query.Factor, unit, found.Stations.Count, found.Spread, found.Stations.Sum(station => station.Over), found.Unreadable, query.Converted, 0, null);
    }

    // Oxygen, flow and the like are never brought to reference oxygen: beside what is they stand as measured.
    private async Task<bool> IsConvertedAsync(IReadOnlyList<StationInfo> stations, AnalysisQuery query, string other, CancellationToken ct)
    {
        if (!query.Converted) return false;
        var any = query.Of(other) with { Marks = [], Verdict = null, While = [] };
        foreach (var station in stations.Where(station => station.Factors.Any(factor => factor.Code == other)))
            await foreach (var piece in rows.ReadAsync(station, any, ct))
                if (piece.Rows.Count + piece.Unreadable > 0) return true;
        return false;
    }

    private async Task<Result<AnalysisCorrelation>> ReadCorrelationAsync(AnalysisQuery query, string other, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        if ((SameUnit.Refuse(stations, query.Factor) ?? SameUnit.Refuse(stations, other)) is { } mixed) return mixed;
        var converted = await IsConvertedAsync(stations, query, other, ct);
        var (all, shown, each) = (new PairSums(), new EvenSample<CorrelatedPair>(Shown), new List<StationCorrelation>());
        foreach (var station in stations)
        {
            var own = new PairSums();
            await foreach (var (row, x) in rows.PairsAsync(station, query, other, converted, ct))
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
