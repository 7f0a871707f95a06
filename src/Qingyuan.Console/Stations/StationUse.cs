using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>Which stations a list shows.</summary>
public enum StationUse
{
    InUse,
    Retired,
    All,
}

internal static class StationUseExtensions
{
    public static IEnumerable<StationInfo> Showing(this IStationDirectory stations, StationUse use) =>
        use is StationUse.InUse ? stations.All : stations.Filed.Where(station => use is StationUse.All || !station.IsInUse);
}
