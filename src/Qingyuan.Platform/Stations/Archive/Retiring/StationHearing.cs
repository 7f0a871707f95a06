using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Stations.Archive.Retiring;

/// <summary>Whether anything ever came from a station.</summary>
internal sealed class StationHearing(IFrameReader frames)
{
    /// <summary>True when a frame is kept that came while one of its MNs was valid, whatever was decided about it.</summary>
    public async Task<bool> WasHeardAsync(QingyuanDb db, int stationNo, CancellationToken ct)
    {
        foreach (var period in await db.Set<StationMnRow>().AsNoTracking().Where(row => row.StationNo == stationNo).ToListAsync(ct))
            if ((await frames.ListAsync(new(period.Mn, period.From, period.Until, Limit: 1), ct)).Items.Count > 0) return true;
        return false;
    }
}
