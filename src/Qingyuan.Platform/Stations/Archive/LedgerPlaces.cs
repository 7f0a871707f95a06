using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>The permit outlet is the identity under which a station's records are sealed; without a permit number the discharger's code stands in.</summary>
internal sealed class LedgerPlaces(IStationDirectory stations) : ILedgerPlaces
{
    public LedgerPlace? Of(int stationNo) => stations.Get(stationNo) is { } station ? new(Site(station), station.Mn) : null;

    private static string Site(StationInfo station)
    {
        var holder = station.PermitNo is { Length: > 0 } permit ? permit : station.DischargerCode;
        return holder.Length == 0 ? $"outlet:{station.Id}" : $"outlet:{holder}-{station.Outlet}";
    }
}
