using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Stations.Archive;
using Qingyuan.Platform.Stations.Events;
using Qingyuan.Platform.Stations.Readings;
using Qingyuan.Platform.Stations.Twin;

namespace Qingyuan.Platform.Stations;

/// <summary>What the composition root knows of the slice.</summary>
public static class StationsModule
{
    public static IServiceCollection AddStations(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(StationTexts.All)
        .AddEvents()
        .AddStationArchive()
        .AddStationTwins(configuration);

    /// <summary>Twins live in the silo this node has among those of other nodes, instead of one of its own.</summary>
    public static IServiceCollection AddClusterSilo(this IServiceCollection services, ClusterSilo silo) => services.AddSingleton(new Lazy<TwinSilo>(() => silo.Silo));

    public static IEndpointRouteBuilder MapStations(this IEndpointRouteBuilder api)
    {
        StationEndpoints.Map(api);
        EventEndpoints.Map(api);
        TwinEndpoints.Map(api);
        ReadingEndpoints.Map(api);
        return api;
    }
}
