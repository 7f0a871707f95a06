using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>The MN a station has now, for files that outsiders read.</summary>
internal sealed class LoggerIds(IStationDirectory stations) : ILoggerIds
{
    public string? Of(int stationNo) => stations.Get(stationNo)?.Mn;
}
