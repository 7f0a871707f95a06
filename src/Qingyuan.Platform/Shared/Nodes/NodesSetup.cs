using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Nodes;

/// <summary>Registers what the nodes of one installation know of each other.</summary>
public static class NodesSetup
{
    public static IServiceCollection AddNodes(this IServiceCollection services) => services
        .AddSingleton<IModelPart, NodeModel>()
        .AddSingleton<RelayedConnections>().AddSingleton<ServingNodes>().AddSingleton<ICluster, Cluster>();
}
