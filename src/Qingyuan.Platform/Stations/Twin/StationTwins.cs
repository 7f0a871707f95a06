using System.Collections.Concurrent;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Twin;

/// <param name="silo">Built when the first twin is asked for: that of a node among others is there only when the schema is.</param>
internal sealed class StationTwins(Lazy<TwinSilo> silo) : IStationTwins
{
    // To make a reference costs as much as to take a frame's turn: the factory reads attributes each time.
    private readonly ConcurrentDictionary<int, IStationTwin> _twins = [];

    public IStationTwin Of(int stationNo) => _twins.GetOrAdd(stationNo, static (no, silo) => silo.Value.Grains.GetGrain<IStationTwin>(no), silo);
}
