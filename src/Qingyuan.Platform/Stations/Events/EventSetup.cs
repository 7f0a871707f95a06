using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Events;

/// <summary>Registers the stream of live events.</summary>
internal static class EventSetup
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<IModelPart, EventModel>()
        .AddSingleton<EventFanOut>()
        .AddHostedService(provider => provider.GetRequiredService<EventFanOut>())
        .AddSingleton<IEventStream, EventStream>();
}
