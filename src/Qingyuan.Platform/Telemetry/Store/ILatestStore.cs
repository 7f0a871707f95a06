using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>The newest value of each factor, for cold starts. A cache: never the source.</summary>
internal interface ILatestStore
{
    void Write(IReadOnlyCollection<(int StationNo, IReadOnlyCollection<LatestValue> Values)> stations);

    IReadOnlyList<LatestValue> Read(int stationNo);
}
