using System.Globalization;
using System.Runtime.CompilerServices;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Reading;

/// <summary>What fits a question within one piece of a station's time.</summary>
/// <param name="Rows">By time.</param>
/// <param name="Unreadable">Values that are no numbers, left out.</param>
internal sealed record Piece(IReadOnlyList<AnalysisRow> Rows, int Unreadable);

/// <summary>The values that fit a question, station by station and piece by piece: whoever lets go of a piece before the next one needs little memory.</summary>
internal sealed class RowReader(ITelemetryReader telemetry, IStationDirectory stations) : IDisposable
{
    /// <summary>Values one question may touch; a year of hours of 500 stations.</summary>
    public const long Most = 5_000_000;

    // Some 45,000 values each, if a minute has one.
    private const int MinuteDays = 31;
    private const int OtherDays = 1830;

    private static readonly Dictionary<DateTime, decimal?> Unknown = [];

    /// <summary>Whoever reads for a person waits here first.</summary>
    public ReadingGate Gate { get; } = new();

    /// <summary>Stations that fit, in order of MN.</summary>
    /// <returns>Refusals: <c>analysis.station-invalid</c> (MN), <c>analysis.too-much</c> (values, most).</returns>
    public Result<IReadOnlyList<StationInfo>> StationsOf(AnalysisQuery query, IReadOnlySet<int>? scope)
    {
        var seen = stations.Filed.Where(station => scope?.Contains(station.StationNo) is not false).ToDictionary(station => station.Mn, StringComparer.Ordinal);
        if (query.Stations.FirstOrDefault(mn => !seen.ContainsKey(mn)) is { } unknown) return new Refusal("analysis.station-invalid", unknown);
        var asked = (query.Stations.Count > 0 ? query.Stations.Distinct().Select(mn => seen[mn]) : seen.Values)
            .Where(station => (query.Kind is null || station.Kind == query.Kind) && (query.Industry is null || station.Industry == query.Industry) && station.Factors.Any(factor => factor.Code == query.Factor))
            .OrderBy(station => station.Mn, StringComparer.Ordinal).ToList();
        var values = asked.Sum(station => Periods(query, station));
        return values > Most ? TooMuch(values, Most) : asked;
    }

    /// <summary><c>analysis.too-much</c> (values, most).</summary>
    public static Refusal TooMuch(long values, long most) => new("analysis.too-much", values.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));

    /// <summary>The values of one station that fit, by time; a day is never in two pieces.</summary>
    public async IAsyncEnumerable<Piece> ReadAsync(StationInfo station, AnalysisQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var part in Parts(query))
        {
            ct.ThrowIfCancellationRequested();
            yield return await PieceAsync(station, part, ct);
        }
    }

    /// <summary>The values of one station that fit, each with the number of another factor at the same time that has the marks and the verdict too.</summary>
    /// <param name="converted">The other factor at reference oxygen.</param>
    public async IAsyncEnumerable<(AnalysisRow Row, double Other)> PairsAsync(StationInfo station, AnalysisQuery query, string other, bool converted, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var part in Parts(query))
        {
            ct.ThrowIfCancellationRequested();
            var others = await NumbersAsync(station, part, other, converted, ct);
            if (others.Count is 0) continue;
            foreach (var row in (await PieceAsync(station, part, ct)).Rows)
                if (others.TryGetValue(row.At, out var value)) yield return (row, value);
        }
    }

    /// <summary>At most so many values a station has of one factor.</summary>
    public static long Periods(AnalysisQuery query, StationInfo station) => (long)((query.To - query.From) / (query.Resolution switch
    {
        Resolution.Minute => TimeSpan.FromMinutes(Math.Max(1, station.MinuteInterval)),
        Resolution.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    }));

    /// <summary>Null when the text is no number.</summary>
    public static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public void Dispose() => Gate.Dispose();

    private static IEnumerable<AnalysisQuery> Parts(AnalysisQuery query)
    {
        var days = query.Resolution is Resolution.Minute ? MinuteDays : OtherDays;
        for (var from = query.From; from < query.To;)
        {
            var to = query.To - from.Date > TimeSpan.FromDays(days) ? from.Date.AddDays(days) : query.To;
            yield return query with { From = from, To = to };
            from = to;
        }
    }

    private async Task<Piece> PieceAsync(StationInfo station, AnalysisQuery query, CancellationToken ct)
    {
        var moments = await MomentsAsync(station, query, ct);
        var limit = LimitJudge.Of(station, query);
        var water = limit is { TakesWaterTemperature: true } ? await TemperaturesAsync(station, query, limit, ct) : Unknown;
        var (rows, unreadable) = (new List<AnalysisRow>(), 0);
        foreach (var row in await SeriesAsync(station, query, query.Factor, ct))
        {
            if ((query.Converted ? row.Converted : row.Value) is not { } text || !Fits(row, query) || moments?.Contains(row.At) is false) continue;
            if (Number(text) is not { } value)
            {
                unreadable++;
                continue;
            }

            if (value < query.Least || value > query.Most) continue;
            rows.Add(new(station, row.At, text, (double)value, row.Flag, row.Verdict, limit?.IsOver(row, water.GetValueOrDefault(row.At)) is true, row.Frame));
        }

        return new(rows, unreadable);
    }

    /// <summary>Water temperatures that count, rounded as they are filed; empty when the station has none.</summary>
    private async Task<Dictionary<DateTime, decimal?>> TemperaturesAsync(StationInfo station, AnalysisQuery query, LimitJudge limit, CancellationToken ct)
    {
        if (station.Factors.FirstOrDefault(factor => factor.Code == FactorCodes.WaterTemperature) is not { } filed) return Unknown;
        var degrees = new Dictionary<DateTime, decimal?>();
        foreach (var row in await SeriesAsync(station, query, FactorCodes.WaterTemperature, ct))
            if (limit.Counts(row) && Number(row.Value) is { } value) degrees.TryAdd(row.At, Rounding.HalfEven(value, filed.Decimals));
        return degrees;
    }

    /// <summary>Numbers of another factor, by time; those whose marks and verdict are asked for.</summary>
    private async Task<Dictionary<DateTime, double>> NumbersAsync(StationInfo station, AnalysisQuery query, string factor, bool converted, CancellationToken ct)
    {
        var numbers = new Dictionary<DateTime, double>();
        foreach (var row in await SeriesAsync(station, query, factor, ct))
            if (Fits(row, query) && Number(converted ? row.Converted : row.Value) is { } value) numbers.TryAdd(row.At, (double)value);
        return numbers;
    }

    /// <summary>Moments at which the other factors were as asked; null when nothing is asked of others.</summary>
    private async Task<HashSet<DateTime>?> MomentsAsync(StationInfo station, AnalysisQuery query, CancellationToken ct)
    {
        HashSet<DateTime>? moments = null;
        foreach (var condition in query.While)
        {
            var numbers = await NumbersAsync(station, query, condition.Factor, condition.Converted, ct);
            var fitting = numbers.Where(pair => !(pair.Value < (double?)condition.Least) && !(pair.Value > (double?)condition.Most)).Select(pair => pair.Key);
            if (moments is null) moments = [.. fitting];
            else moments.IntersectWith(fitting);
        }

        return moments;
    }

    private Task<IReadOnlyList<ReadingRow>> SeriesAsync(StationInfo station, AnalysisQuery query, string factor, CancellationToken ct) =>
        telemetry.ReadAsync(new(station.StationNo, factor, query.From, query.To, query.Resolution, query.Derived), ct);

    private static bool Fits(ReadingRow row, AnalysisQuery query) =>
        (query.Marks.Count == 0 || query.Marks.Contains(string.IsNullOrEmpty(row.Flag) ? AnalysisQuery.NoMark : row.Flag)) && (query.Verdict is null || row.Verdict?.StartsWith(query.Verdict, StringComparison.Ordinal) is true);
}
