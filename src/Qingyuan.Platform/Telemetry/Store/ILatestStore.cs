using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>The newest value of each factor, for cold starts. A cache: never the source.</summary>
internal interface ILatestStore
{
    /// <summary>Puts all newest values of each station, packed, in place of what is there.</summary>
    void Write(IReadOnlyCollection<(int StationNo, byte[] Content)> stations);

    /// <summary>Those of which there is something.</summary>
    IReadOnlyList<int> Stations();

    /// <summary>What was put there last; after an upgrade also what an earlier release kept, a value of which may be newer or older than the first.</summary>
    IReadOnlyList<LatestValue> Read(int stationNo);
}
