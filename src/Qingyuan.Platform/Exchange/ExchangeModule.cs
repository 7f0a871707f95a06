using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Exchange.Backfill;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Deliveries;
using Qingyuan.Platform.Exchange.Files;
using Qingyuan.Platform.Exchange.Forwarding;
using Qingyuan.Platform.Exchange.Importing;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Exchange;

/// <summary>What the composition root knows of the slice.</summary>
public static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ExchangeOptions>().Bind(configuration.GetSection(ExchangeOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        AddDeliveries(services);
        return services
            .AddSingleton<IModelPart, ExchangeModel>()
            .AddSingleton(ExchangeTexts.All)
            .AddSingleton<TargetStates>().AddSingleton<Positions>().AddSingleton<ForwardServices>().AddSingleton<TargetStore>()
            .AddSingleton<Forwarder>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<Forwarder>())
            .AddSingleton<IForwarding, ForwardBook>()
            .AddSingleton<GapFinder>().AddSingleton<GapFiller>().AddSingleton<IBackfill, BackfillBook>()
            .AddSingleton<ImportedFiles>().AddSingleton<FileReview>().AddSingleton<ImportLedger>().AddSingleton<ImportDesk>().AddSingleton<IDataImports, ImportBook>()
            .AddSingleton<Stations.Contracts.IStationDuty, GapsOfStation>().AddSingleton<Stations.Contracts.IStationData, ImportedOfStation>()
            .AddSingleton<LaboratoryBeside>().AddSingleton<IImportedData, ImportedReader>()
            .AddSingleton<EarlierFiles>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<EarlierFiles>())
            .AddDueScan<BackfillScan>();
    }

    private static void AddDeliveries(IServiceCollection services) => services
        .AddSingleton<HandOverFolder>().AddSingleton<DeliveryCheck>().AddSingleton<DeliveryLedger>().AddSingleton<IDeliveries, DeliveryBook>().AddSingleton<IExchangePolicy, PolicyBook>()
        .AddSingleton<DeliveryStore>().AddSingleton<DeliveryReader>().AddSingleton<DeliveryAlarm>().AddSingleton<DeliveryRound>()
        .AddSingleton<DeliveryService>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<DeliveryService>())
        .AddDueScan<DeliveryScan>();

    public static IEndpointRouteBuilder MapExchange(this IEndpointRouteBuilder api)
    {
        ForwardEndpoints.Map(api);
        DeliveryEndpoints.Map(api);
        BackfillEndpoints.Map(api);
        ImportEndpoints.Map(api);
        ImportedEndpoints.Map(api);
        return api;
    }
}
