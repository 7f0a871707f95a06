using System.Collections.Concurrent;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Ingest;

/// <summary>The station twins, wherever they live. The slice's one look at the cluster.</summary>
internal interface ITwins
{
    IStationTwin Of(int stationNo);
}

internal sealed class ClusterTwins(IGrainFactory grains) : ITwins
{
    // To make a reference costs as much as to take a frame's turn: the factory reads attributes each time.
    private readonly ConcurrentDictionary<int, IStationTwin> _twins = [];

    public IStationTwin Of(int stationNo) => _twins.GetOrAdd(stationNo, static (no, grains) => grains.GetGrain<IStationTwin>(no), grains);
}
