using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Archive;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Stations.Readings;

/// <summary>What <c>GET /stations/{mn}/readings</c> may be asked; all but the factor has a default.</summary>
internal sealed record ReadingsQuery
{
    public string? Factor { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Resolution { get; init; }

    public string? Source { get; init; }

    public int? Limit { get; init; }

    public string? After { get; init; }
}

internal static class ReadingsRoute
{
    private const int UsualLimit = 10_000;
    private const int HighestLimit = 100_000;
    private const int DaysOfMoments = 366;
    private const int DaysOfSummaries = 3660;

    public static async Task<Results<Ok<ReadingsJson>, ProblemHttpResult>> GetAsync(
        string mn, [AsParameters] ReadingsQuery asked, ITelemetryReader reader, IStationDirectory stations, ICurrentActor current, TimeProvider time,
        CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        if (Understand(asked, station.StationNo, time.GetUtcNow(), out var query, out var limit) is { } problem) return problem;
        var rows = await ReadAsync(reader, query, limit + 1, ct);
        var unit = station.Factor(query.Factor)?.Unit;
        var next = rows.Count > limit ? StationClock.Instant(rows[limit - 1].At).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", System.Globalization.CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new ReadingsJson(station.Mn, query.Factor, unit, [.. rows.Take(limit).Select(row => ReadingJson.From(row, unit))], next));
    }

    /// <summary>Part by part, so that a long range of which only the first page is wanted is not read whole.</summary>
    private static async Task<List<ReadingRow>> ReadAsync(ITelemetryReader reader, SeriesQuery query, int enough, CancellationToken ct)
    {
        var part = TimeSpan.FromDays(query.Resolution is Resolution.Realtime or Resolution.Minute ? 1 : 31);
        var rows = new List<ReadingRow>();
        for (var from = query.From; from < query.To && rows.Count < enough; from += part)
            rows.AddRange(await reader.ReadAsync(query with { From = from, To = query.To - from > part ? from + part : query.To }, ct));
        return rows;
    }

    /// <returns>What is wrong with the question, null when nothing is.</returns>
    private static ProblemHttpResult? Understand(ReadingsQuery asked, int stationNo, DateTimeOffset now, out SeriesQuery query, out int limit)
    {
        (query, limit) = (null!, asked.Limit ?? UsualLimit);
        if (string.IsNullOrEmpty(asked.Factor)) return Problems.Field("factor", Faults.Missing);
        if (limit < 1 || limit > HighestLimit) return Problems.Field("limit", Faults.Range(1, HighestLimit));
        if (!TryResolution(asked.Resolution, out var resolution)) return Problems.Field("resolution", Faults.OneOf("realtime", "minute", "hour", "day"));
        if (asked.Source is not (null or "reported" or "derived")) return Problems.Field("source", Faults.OneOf("reported", "derived"));
        var derived = asked.Source is "derived";
        if (derived && resolution is not (Resolution.Hour or Resolution.Day)) return Problems.Field("source", new Fault(StationTexts.All, "derived"));
        if (!QueryTime.TryParse(asked.From, out var from)) return Problems.Field("from", Faults.Time);
        if (!QueryTime.TryParse(asked.To, out var to)) return Problems.Field("to", Faults.Time);
        if (!QueryTime.TryParse(asked.After, out var after)) return Problems.Field("after", Faults.Page);

        var moments = resolution is Resolution.Realtime or Resolution.Minute;
        var end = StationClock.Wall(to ?? now.AddMinutes(1));
        var usual = TimeSpan.FromDays(moments ? 1 : resolution is Resolution.Hour ? 31 : DaysOfMoments);
        var start = from is { } said ? StationClock.Wall(said) : end.Ticks > usual.Ticks ? end - usual : DateTime.MinValue;
        if (start >= end) return Problems.Field("to", Faults.LaterThanFrom);
        var days = moments ? DaysOfMoments : DaysOfSummaries;
        if (end - start > TimeSpan.FromDays(days)) return Problems.Field("to", new Fault(StationTexts.All, "days", days));
        if (after is { } last && StationClock.Wall(last) >= start) start = StationClock.Wall(last).AddTicks(1);
        query = new(stationNo, asked.Factor, start, end, resolution, derived);
        return null;
    }

    private static bool TryResolution(string? text, out Resolution resolution)
    {
        (var known, resolution) = text switch
        {
            null or "realtime" => (true, Resolution.Realtime),
            "minute" => (true, Resolution.Minute),
            "hour" => (true, Resolution.Hour),
            "day" => (true, Resolution.Day),
            _ => (false, default),
        };
        return known;
    }
}
