using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Reading;

/// <summary>The values that fit a question, station by station.</summary>
internal sealed class RowReader(ITelemetryReader telemetry, IStationDirectory stations)
{
    /// <summary>Values one question may touch; a year of hours of 500 stations.</summary>
    public const long Most = 5_000_000;

    /// <summary>Stations that fit, in order of MN.</summary>
    /// <returns>Refusals: <c>analysis.station-invalid</c> (MN), <c>analysis.too-much</c> (values, most).</returns>
    public Result<IReadOnlyList<StationInfo>> StationsOf(AnalysisQuery query, IReadOnlySet<int>? scope)
    {
        var seen = stations.All.Where(station => scope?.Contains(station.StationNo) is not false).ToDictionary(station => station.Mn, StringComparer.Ordinal);
        if (query.Stations.FirstOrDefault(mn => !seen.ContainsKey(mn)) is { } unknown) return new Refusal("analysis.station-invalid", unknown);
        var asked = (query.Stations.Count > 0 ? query.Stations.Distinct().Select(mn => seen[mn]) : seen.Values)
            .Where(station => (query.Kind is null || station.Kind == query.Kind) && (query.Industry is null || station.Industry == query.Industry) && station.Factors.Any(factor => factor.Code == query.Factor))
            .OrderBy(station => station.Mn, StringComparer.Ordinal).ToList();
        var values = asked.Sum(station => Periods(query, station));
        return values > Most ? new Refusal("analysis.too-much", values.ToString(CultureInfo.InvariantCulture), Most.ToString(CultureInfo.InvariantCulture)) : asked;
    }

    /// <summary>The values of one station that fit, by time; what is no number is counted and left out.</summary>
    public async Task<(IReadOnlyList<AnalysisRow> Rows, int Unreadable)> ReadAsync(StationInfo station, AnalysisQuery query, CancellationToken ct)
    {
        var other = query.While is { } condition ? await MomentsAsync(station, query, condition, ct) : null;
        var limit = station.Factors.First(factor => factor.Code == query.Factor).Limit;
        var (rows, unreadable) = (new List<AnalysisRow>(), 0);
        foreach (var row in await SeriesAsync(station, query, query.Factor, ct))
        {
            if (Text(row, query) is not { } text || !Fits(row, query) || other?.Contains(row.At) is false) continue;
            if (Number(text) is not { } value)
            {
                unreadable++;
                continue;
            }

            if (value < query.Least || value > query.Most) continue;
            rows.Add(new(station, row.At, text, (double)value, row.Flag, row.Verdict, IsOver(row, query, limit), row.Frame));
        }

        return (rows, unreadable);
    }

    /// <summary>Numbers of another factor by time.</summary>
    public async Task<IReadOnlyDictionary<DateTime, double>> NumbersAsync(StationInfo station, AnalysisQuery query, string factor, CancellationToken ct)
    {
        var numbers = new Dictionary<DateTime, double>();
        foreach (var row in await SeriesAsync(station, query, factor, ct))
            if (Text(row, query) is { } text && Number(text) is { } value) numbers.TryAdd(row.At, (double)value);
        return numbers;
    }

    private async Task<HashSet<DateTime>> MomentsAsync(StationInfo station, AnalysisQuery query, OtherFactor condition, CancellationToken ct)
    {
        var numbers = await NumbersAsync(station, query with { Converted = false }, condition.Factor, ct);
        return [.. numbers.Where(pair => !(pair.Value < (double?)condition.Least) && !(pair.Value > (double?)condition.Most)).Select(pair => pair.Key)];
    }

    private Task<IReadOnlyList<ReadingRow>> SeriesAsync(StationInfo station, AnalysisQuery query, string factor, CancellationToken ct) =>
        telemetry.ReadAsync(new(station.StationNo, factor, query.From, query.To, query.Resolution, query.Derived), ct);

    private static bool Fits(ReadingRow row, AnalysisQuery query) =>
        (query.Marks.Count == 0 || query.Marks.Contains(row.Flag ?? "")) && (query.Verdict is null || row.Verdict?.StartsWith(query.Verdict, StringComparison.Ordinal) is true);

    private static string? Text(ReadingRow row, AnalysisQuery query) => query.Converted ? row.Converted : row.Value;

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Only a mean of the kind the limit is set for is held against it. What was judged with its marks and rules stands among the alarms.</summary>
    private static bool IsOver(ReadingRow row, AnalysisQuery query, EmissionLimit? limit)
    {
        var judged = (limit?.Basis, query.Resolution) switch
        {
            (LimitBasis.HourlyConverted, Resolution.Hour) => row.Converted,
            (LimitBasis.HourlyMean, Resolution.Hour) or (LimitBasis.DailyMean, Resolution.Day) => row.Value,
            _ => null,
        };
        return judged is not null && Number(judged) is { } value && (value > limit!.Upper || value < limit.Lower);
    }

    /// <summary>At most so many values a station has of one factor.</summary>
    public static long Periods(AnalysisQuery query, StationInfo station) => (long)((query.To - query.From) / (query.Resolution switch
    {
        Resolution.Minute => TimeSpan.FromMinutes(Math.Max(1, station.MinuteInterval)),
        Resolution.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    }));
}
