using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Stations.Archive.Retiring;

/// <summary>Whether anything is kept of a station: values, frames, what other slices took in for it.</summary>
internal sealed class KeptData(IDatabase database, ITelemetryReader telemetry, IFrameReader frames, IEnumerable<IStationData> others)
{
    private static readonly TimeSpan LastMoment = TimeSpan.FromMinutes(1);

    public async Task<bool> AnyAsync(int stationNo, CancellationToken ct)
    {
        if ((await telemetry.LatestAsync(stationNo, ct)).Count > 0) return true;
        await using var db = database.Read();
        foreach (var other in others)
            if (await other.AnyAsync(db, stationNo, ct)) return true;
        // A frame that came while one of its MNs was valid, whatever was decided about it.
        foreach (var period in await db.Set<StationMnRow>().Where(row => row.StationNo == stationNo).ToListAsync(ct))
            if ((await frames.ListAsync(new(period.Mn, period.From, period.Until, Limit: 1), ct)).Items.Count > 0) return true;
        return false;
    }

    /// <summary>True when a frame came in the last moment before the station went, after it was asked for.</summary>
    public async Task<bool> CameLastAsync(StationInfo gone, CancellationToken ct) =>
        gone.RetiredAt is { } end && (await frames.ListAsync(new(gone.Mn, end - LastMoment, null, Limit: 1), ct)).Items.Any(frame => frame.Arrival.StationNo == gone.StationNo);
}
