using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Ingest.Applying;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Deviations;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.ImportFrames;
using Qingyuan.Platform.Ingest.Inspecting;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Ingest.Repairing;
using Qingyuan.Platform.Ingest.Sensors;
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
        services.AddOptions<IngestOptions>().Bind(configuration.GetSection(IngestOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<IngestOptions>, BrokerSettings>();
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<IngestOptions>>().Value)
            .AddHj212Gates().AddSingleton<IngestMetrics>().AddSingleton<StoreWatch>().AddSingleton<BalanceWatch>().AddSingleton<LoadShedding>()
            .AddHosted<PlatformSignals>()
            .AddSingleton<UnknownStations>().AddSingleton<QuarantineBudget>().AddHosted<QuarantineCount>().AddSingleton<SessionRegistry>().AddSingleton<FrameJudge>().AddSingleton<FieldServices>()
            .AddHosted<LinkNotifier>()
            .AddSingleton<IStationDuty, LinesOfStation>()
            .AddSingleton(provider => new AcceptLimiter(provider.GetRequiredService<IngestOptions>().Limits, provider.GetRequiredService<TimeProvider>()))
            .AddHosted<ConnectionHeartbeat>()
            .AddSingleton<IConnectionListenerFactory, Hj212Transport>()
            .AddSingleton<Hj212ConnectionHandler>()
            .AddSingleton<TwinCaller>().AddSingleton<Checkpoints>()
            .AddHosted<FrameApplier>()
            .AddSingleton<IIngestHealth, IngestStatus>()
            .AddSingleton<SensorIntake>().AddHosted<SensorLine>().AddHosted<BrokerReader>()
            .AddSingleton<IFrameOpener, Encryption>().AddSingleton<IDeviations, DeviationProfiles>()
            .AddSingleton<IFieldLines, FieldLines>()
            .AddSingleton<ArchiveLedger>().AddSingleton<ImportRoom>().AddSingleton<IFrameImport, FrameImporter>()
            .AddSingleton<IFrameInspector, FrameInspector>()
            .AddSingleton<IChunkRefill, ChunkRefill>();
    }

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder api)
    {
        ArgumentNullException.ThrowIfNull(api);
        IngestEndpoints.Map(api);
        SensorEndpoints.Map(api);
        return api;
    }

    /// <summary>Opens a port for loggers. Kestrel binds it with the slice's own transport, whose buffers are small.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="endPoint">Where.</param>
    /// <param name="rules">Who may call there.</param>
    /// <param name="configure">Adds TLS, if the rules say so.</param>
    public static void ListenHj212(this KestrelServerOptions kestrel, IPEndPoint endPoint, LineRules rules, Action<ListenOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(configure);
        kestrel.Listen(new Hj212EndPoint(endPoint.Address, endPoint.Port), listen =>
        {
            listen.GuardHj212(rules);
            configure(listen);
            listen.UseConnectionHandler<Hj212ConnectionHandler>();
        });
    }

    /// <summary>The rules of a port for loggers, before a byte of a connection is read.</summary>
    public static void GuardHj212(this ListenOptions listen, LineRules rules)
    {
        ArgumentNullException.ThrowIfNull(listen);
        listen.ApplicationServices.GetRequiredService<LineGate>().Guard(listen, rules);
    }

    /// <summary>What <see cref="GuardHj212"/> needs in a server that takes no frames itself.</summary>
    public static IServiceCollection AddHj212Gates(this IServiceCollection services) => services.AddSingleton<IngestCounters>().AddSingleton<LineGate>();

    /// <summary>What runs a logger's connection that came in elsewhere.</summary>
    public static ConnectionDelegate Hj212Line(this IServiceProvider services) => new ConnectionBuilder(services).UseConnectionHandler<Hj212ConnectionHandler>().Build();

    /// <summary>What runs a connection of sensors (MQTT), wherever it came in.</summary>
    public static ConnectionDelegate SensorLine(this IServiceProvider services) => services.GetRequiredService<SensorLine>().RunAsync;

    /// <summary>What must be started for <see cref="IFrameImport"/> in a platform that is built but not run: the archive in memory and the frame log's committer.</summary>
    public static IReadOnlyList<IHostedService> NeededForImport(this IServiceProvider services) =>
        [.. services.GetServices<IHostedService>().Where(part => part is IStationDirectory or IFrameLog)];

    private static IServiceCollection AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService => services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
