using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>One value that fits the question.</summary>
/// <param name="Text">As sent or as derived.</param>
/// <param name="Over">True when the filed limit of its kind of mean is exceeded (超限), as the alarm rule judges: rounded, by the bound for cold water where it holds, and only values that count. Whether an alarm came of it stands among the alarms.</param>
/// <param name="Frame">The frame it came in; null for derived ones.</param>
public sealed record AnalysisRow(StationInfo Station, DateTime At, string Text, double Value, string? Mark, string? Verdict, bool Over, FrameId? Frame);

/// <summary>One station's day.</summary>
/// <param name="Over">Values over the limit.</param>
public sealed record DayCell(string Mn, DateOnly Day, int Count, double Mean, double Max, int Over);

/// <summary>One station over the whole period.</summary>
public sealed record StationSpread(StationInfo Station, Distribution Spread, int Over, decimal? Limit, string Unit);

/// <summary>All stations of one industry.</summary>
public sealed record IndustrySpread(string Industry, int Stations, Distribution Spread);

/// <summary>The distribution of everything that fits.</summary>
/// <param name="Spread">Null when nothing fits.</param>
/// <param name="Marks">How many values carry each mark; the empty one is "none sent".</param>
/// <param name="Unreadable">Values that are no numbers, left out.</param>
public sealed record AnalysisOverview(
    Distribution? Spread, IReadOnlyList<Bar> Histogram, IReadOnlyList<DayCell> Days, IReadOnlyList<StationSpread> Stations, IReadOnlyList<IndustrySpread> Industries,
    IReadOnlyDictionary<string, int> Marks, IReadOnlyList<HourSpread> Profile, int Unreadable);

/// <summary>One hour of the day over all days.</summary>
public sealed record HourSpread(int Hour, Distribution Spread);

/// <summary>Two factors at the same times.</summary>
/// <param name="Coefficient">Pearson; null when there are fewer than three pairs or one never changes.</param>
/// <param name="Shown">At most 2,000 of the pairs, evenly.</param>
public sealed record AnalysisCorrelation(int Pairs, double? Coefficient, IReadOnlyList<CorrelatedPair> Shown)
{
    /// <summary>Each station that has pairs for itself, by MN: what holds in each of them need not hold in all together.</summary>
    public IReadOnlyList<StationCorrelation> Stations { get; init; } = [];
}

/// <summary>Two factors of one station at the same times.</summary>
/// <param name="Coefficient">Pearson; null when there are fewer than three pairs or one never changes.</param>
public sealed record StationCorrelation(string Mn, int Pairs, double? Coefficient);

/// <summary>Both values of one moment.</summary>
public sealed record CorrelatedPair(string Mn, DateTime At, double X, double Y);

/// <summary>One factor among several that are asked the same.</summary>
/// <param name="Unit">As filed.</param>
/// <param name="Stations">Those that have values that fit.</param>
/// <param name="Spread">Null when nothing fits.</param>
/// <param name="Over">Values over the limit.</param>
/// <param name="Unreadable">Values that are no numbers, left out.</param>
/// <param name="Converted">At reference oxygen; false where that was asked and there are measured values only.</param>
/// <param name="Pairs">Moments with a value of the factor that is asked about, as in <see cref="AnalysisCorrelation"/>; 0 for that one itself.</param>
/// <param name="Coefficient">Pearson's with it; null when there are fewer than three pairs or one never changes.</param>
public sealed record FactorSpread(string Factor, string Unit, int Stations, Distribution? Spread, int Over, int Unreadable, bool Converted, int Pairs, double? Coefficient);

/// <summary>Looks at many values at once. Reads only. Two questions are read at a time, the others wait.</summary>
public interface IAnalysis
{
    /// <returns>Refusals: <c>analysis.too-much</c> (values, most), <c>analysis.station-invalid</c> (MN), <c>request.field-invalid</c> (<c>stations</c>) when their units differ.</returns>
    Task<Result<AnalysisOverview>> OverviewAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct);

    /// <summary>With the values of <paramref name="other"/> at the same times, which have the marks and the verdict that are asked for as well; at reference oxygen where that is asked and it has such values, else as measured.</summary>
    /// <returns>Refusals as above; units must agree for each of the two factors.</returns>
    Task<Result<AnalysisCorrelation>> CorrelationAsync(AnalysisQuery query, string other, IReadOnlySet<int>? scope, CancellationToken ct);

    /// <summary>Others that can be asked the same at once.</summary>
    const int MostBeside = 8;

    /// <summary>The factor that is asked about and others beside it, at its stations, in the same period and under the same conditions: bounds on its values narrow the moments of the others.</summary>
    /// <param name="beside">Codes; at most <see cref="MostBeside"/>.</param>
    /// <returns>In the order asked, that one first. Refusals as above; <c>request.field-invalid</c> (<c>beside</c>) when they are too many.</returns>
    Task<Result<IReadOnlyList<FactorSpread>>> FactorsAsync(AnalysisQuery query, IReadOnlyCollection<string> beside, IReadOnlySet<int>? scope, CancellationToken ct);

    /// <summary>The values themselves, by station and time; at most 100,000.</summary>
    /// <returns>Refusals: <c>analysis.too-much</c> (values, most), before anything is read where no condition narrows the question; <c>analysis.station-invalid</c> (MN).</returns>
    Task<Result<IReadOnlyList<AnalysisRow>>> RowsAsync(AnalysisQuery query, IReadOnlySet<int>? scope, CancellationToken ct);
}
