using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Ingest.Applying;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.ImportFrames;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest;

/// <summary>What the composition root knows of the slice.</summary>
public static class IngestModule
{
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        // Until Telemetry, Stations and Alarms have landed there is nothing to run on.
        Type[] needs = [typeof(IFrameLog), typeof(IChunkWriter), typeof(IStationDirectory), typeof(IAlarmDesk), typeof(ILedgerReader)];
        if (needs.Any(need => !services.Has(need)) || !(services.Has(typeof(IGrainFactory)) || services.Has(typeof(ITwins)))) return services;
        services.TryAddSingleton<ITwins, ClusterTwins>();
        services.AddOptions<IngestOptions>().Bind(configuration.GetSection(IngestOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<IngestOptions>>().Value)
            .AddSingleton<IngestCounters>().AddSingleton<IngestMetrics>().AddSingleton<StoreWatch>()
            .AddHosted<PlatformSignals>()
            .AddSingleton<UnknownStations>().AddSingleton<QuarantineBudget>().AddSingleton<SessionRegistry>().AddSingleton<FrameJudge>().AddSingleton<FieldServices>()
            .AddHosted<LinkNotifier>()
            .AddSingleton<AcceptLimiter>()
            .AddHosted<ConnectionHeartbeat>()
            .AddSingleton<IConnectionListenerFactory, Hj212Transport>()
            .AddSingleton<Hj212ConnectionHandler>()
            .AddSingleton<TwinCaller>().AddSingleton<Checkpoints>()
            .AddHosted<FrameApplier>()
            .AddSingleton<IIngestHealth, IngestStatus>()
            .AddSingleton<IFrameImport, FrameImporter>();
    }

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder api)
    {
        ArgumentNullException.ThrowIfNull(api);
        if (api.ServiceProvider.GetService<IIngestHealth>() is not null) IngestEndpoints.Map(api);
        return api;
    }

    /// <summary>Opens a port for loggers. Kestrel binds it with the slice's own transport, whose buffers are small.</summary>
    public static void ListenHj212(this KestrelServerOptions kestrel, IPEndPoint endPoint, Action<ListenOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(configure);
        kestrel.Listen(new Hj212EndPoint(endPoint.Address, endPoint.Port), listen =>
        {
            configure(listen);
            listen.UseHj212();
        });
    }

    private static void UseHj212(this ListenOptions listen)
    {
        if (listen.ApplicationServices.GetService<FieldServices>() is not null) listen.UseConnectionHandler<Hj212ConnectionHandler>();
        else listen.Run(connection =>
        {
            connection.Abort(new ConnectionAbortedException("No frame log, no listener."));
            return Task.CompletedTask;
        });
    }

    private static bool Has(this IServiceCollection services, Type type) => services.Any(service => service.ServiceType == type);

    private static IServiceCollection AddHosted<T>(this IServiceCollection services)
        where T : class, Microsoft.Extensions.Hosting.IHostedService => services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
