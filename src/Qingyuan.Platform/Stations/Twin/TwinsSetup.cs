using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
            .AddSingleton(provider => new Lazy<TwinSilo>(() => new(provider.GetRequiredService<ILoggerFactory>(), TwinSilo.Alone)))
            .AddSingleton<IStationTwins, StationTwins>()
            .AddHostedService<TwinSiloService>()
            .AddHostedService<TwinStarter>();
    }
}
