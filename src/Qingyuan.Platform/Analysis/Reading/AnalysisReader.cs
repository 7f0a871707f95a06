using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Statistics;
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

    public Task<Result<IReadOnlyList<AnalysisRow>>> RowsAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct) => rows.Gate.RunAsync(() => ReadRowsAsync(query, scope, ct), ct);

    private async Task<Result<AnalysisOverview>> ReadOverviewAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        if (!rows.StationsOf(query, scope).TryGet(out var stations, out var refusal)) return refusal;
        if (SameUnit.Refuse(stations, query.Factor) is { } mixed) return mixed;
        var tally = new Tally();
        foreach (var station in stations) await tally.AddAsync(station, station.Factors.First(factor => factor.Code == query.Factor), rows.ReadAsync(station, query, ct));
        return tally.Overview();
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
    private static bool IsNarrowed(AnalysisQuery query) => query is not { Marks.Count: 0, Verdict: null, Least: null, Most: null, While: null };
}
