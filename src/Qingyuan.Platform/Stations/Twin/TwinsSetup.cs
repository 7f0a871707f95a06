using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>Registers the twins and the silo they live in.</summary>
internal static class TwinsSetup
{
    public static IServiceCollection AddStationTwins(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TwinOptions>().Bind(configuration.GetSection(TwinOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<TwinOptions>>().Value)
            .AddSingleton<LiveFeed>()
            .AddSingleton<ILiveFeed>(provider => provider.GetRequiredService<LiveFeed>())
            .AddSingleton<StateRecorder>()
            .AddSingleton<TwinEffects>()
            .AddSingleton<DeviceMemories>()
            .AddSingleton<TwinMemories>()
            .AddSingleton<TwinServices>()
            .AddOrleans(SingleNode)
            .AddHostedService<TwinStarter>();
    }

    // One node: loopback only, ports the system gives, no gateway for clients outside the process.
    private static void SingleNode(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: "qingyuan", clusterId: "qingyuan");
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        // A turn applies hundreds of frames when there is much to catch up; that is work, not a fault.
        silo.Configure<SchedulingOptions>(options => options.TurnWarningLengthThreshold = TimeSpan.FromSeconds(15));
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(2);
            options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        });
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
