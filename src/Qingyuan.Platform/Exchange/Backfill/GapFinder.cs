using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Rule = Qingyuan.Rules.Exchange.Backfill;

namespace Qingyuan.Platform.Exchange.Backfill;

/// <summary>Looks through the periods that are over and writes down which did not come. Begins with the first data a station sends: what it never sends is not missing.</summary>
internal sealed class GapFinder(IDatabase database, ITelemetryReader reader, IOptions<ExchangeOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(1);
    private static readonly TimeSpan MostAtOnce = TimeSpan.FromDays(1);

    /// <param name="station">Whose.</param>
    /// <param name="resolution">Minutes or hours.</param>
    /// <param name="through">How far it has been looked through; null when never.</param>
    /// <param name="now">Wall clock of the station.</param>
    /// <param name="ct">Cancels the look.</param>
    public async Task LookAsync(StationInfo station, Resolution resolution, DateTime? through, DateTime now, CancellationToken ct)
    {
        var length = Length(station, resolution);
        var until = Rule.Start(now - options.Value.LateAfter - length, length) + length;
        var from = Later(through, station, length) ?? until - FirstLook;
        if (until - from < (resolution is Resolution.Minute ? options.Value.LookEvery : length)) return;
        if (until - from > MostAtOnce) until = from + MostAtOnce;
        var came = (await reader.ReadAllAsync(station.StationNo, resolution, from, until, ct)).Select(values => values.DataTime).ToList();
        if (through is null && came.Count is 0) return;
        if (through is null) from = Rule.Start(came.Min(), length);
        await WriteAsync(station.StationNo, resolution, Rule.Missing(from, until, length, came), until, ct);
    }

    // While it was out of use nothing was missing.
    private static DateTime? Later(DateTime? through, StationInfo station, TimeSpan length) =>
        through is { } looked && station.ReinstatedAt is { } back && Rule.Start(StationClock.Wall(back), length) + length is var first && first > looked ? first : through;

    public static TimeSpan Length(StationInfo station, Resolution resolution) => resolution is Resolution.Minute ? TimeSpan.FromMinutes(Math.Max(1, station.MinuteInterval)) : TimeSpan.FromHours(1);

    private Task<bool> WriteAsync(int stationNo, Resolution resolution, IReadOnlyList<DateTime> missing, DateTime through, CancellationToken ct) => database.WriteAsync(async (db, token) =>
    {
        var (first, last) = missing is [var oldest, ..] ? (oldest, missing[^1]) : default;
        var known = missing.Count is 0 ? [] : await db.Set<GapRow>().Where(row => row.StationNo == stationNo && row.Resolution == resolution && row.Start >= first && row.Start <= last).Select(row => row.Start).ToListAsync(token);
        var now = clock.GetUtcNow();
        foreach (var start in missing.Except(known)) db.Add(new GapRow { StationNo = stationNo, Resolution = resolution, Start = start, FoundAt = now });
        var looked = await db.Set<LookedThroughRow>().SingleOrDefaultAsync(row => row.StationNo == stationNo && row.Resolution == resolution, token);
        if (looked is null) db.Add(looked = new() { StationNo = stationNo, Resolution = resolution });
        looked.Through = through;
        return missing.Count > 0;
    }, ct);
}
