using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>Stations as a person may see them.</summary>
public static class StationSight
{
    /// <summary>The station, if there is one and the person may see it; the two must look the same to him.</summary>
    public static StationInfo? FindFor(this IStationDirectory stations, ICurrentActor person, string mn)
    {
        ArgumentNullException.ThrowIfNull(stations);
        ArgumentNullException.ThrowIfNull(person);
        return stations.Find(mn) is { } station && person.StationScope?.Contains(station.StationNo) is not false ? station : null;
    }
}
