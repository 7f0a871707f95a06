using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>Stations as a person may see them.</summary>
public static class StationSight
{
    /// <summary>Why nothing can be done with a station that is not <see cref="IStationDirectory.InUse"/>.</summary>
    /// <param name="unknown">The caller's code for one that is not filed.</param>
    public static Refusal NotInUse(this IStationDirectory stations, int stationNo, string unknown)
    {
        ArgumentNullException.ThrowIfNull(stations);
        return stations.Get(stationNo) is { } station ? new("station.retired", station.Name) : new(unknown);
    }

    /// <summary>The station, if there is one and the person may see it; the two must look the same to him.</summary>
    public static StationInfo? FindFor(this IStationDirectory stations, ICurrentActor person, string mn)
    {
        ArgumentNullException.ThrowIfNull(stations);
        ArgumentNullException.ThrowIfNull(person);
        return stations.Find(mn) is { } station && person.StationScope?.Contains(station.StationNo) is not false ? station : null;
    }
}
