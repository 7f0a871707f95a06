using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Ingest;

/// <summary>The station twins, wherever they live. The slice's one look at the cluster.</summary>
internal interface ITwins
{
    IStationTwin Of(int stationNo);
}

internal sealed class ClusterTwins(IGrainFactory grains) : ITwins
{
    public IStationTwin Of(int stationNo) => grains.GetGrain<IStationTwin>(stationNo);
}
