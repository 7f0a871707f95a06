using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Readings;

internal static class StationInSight
{
    /// <summary>Null when there is no such station or it is out of the caller's sight, which must look the same.</summary>
    public static StationInfo? Find(string mn, IStationDirectory stations, ICurrentActor current) =>
        stations.Find(mn) is { } station && (current.StationScope?.Contains(station.StationNo) ?? true) ? station : null;

    public static FactorSetting? Factor(this StationInfo station, string code) => station.Factors.FirstOrDefault(factor => factor.Code == code);
}
