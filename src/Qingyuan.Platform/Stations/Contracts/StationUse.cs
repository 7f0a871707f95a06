namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>Which stations a list shows.</summary>
public enum StationUse
{
    /// <summary>Those the listener knows.</summary>
    InUse,

    /// <summary>Those that went out of use.</summary>
    Retired,

    All,
}

public static class StationUseExtensions
{
    public static IEnumerable<StationInfo> Showing(this IStationDirectory stations, StationUse use) =>
        use is StationUse.InUse ? stations.All : stations.Filed.Where(station => use is StationUse.All || !station.IsInUse);
}
