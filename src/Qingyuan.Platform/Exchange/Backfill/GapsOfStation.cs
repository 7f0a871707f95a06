using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Platform.Exchange.Backfill;

/// <summary>Nobody asks a logger that is out of use; what was missing stays written down as missing.</summary>
internal sealed class GapsOfStation(TimeProvider clock) : IStationDuty
{
    public Task EndAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<GapRow>().Where(row => row.StationNo == stationNo && (row.State == GapState.Missing || row.State == GapState.Requested)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, GapState.Unfillable).SetProperty(row => row.Why, "station-retired").SetProperty(row => row.EndedAt, now), ct);
    }
}
