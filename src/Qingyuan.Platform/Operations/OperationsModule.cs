using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Operations.WorkOrders;
using Qingyuan.Platform.Operations.WorkOrders.Acting;
using Qingyuan.Platform.Operations.WorkOrders.Clocks;
using Qingyuan.Platform.Operations.WorkOrders.Opening;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Operations;

/// <summary>What the composition root knows of the slice.</summary>
public static class OperationsModule
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new Organisation(configuration[Organisation.Setting] ?? Organisation.Unnamed));
        services.AddOptions<OperationsOptions>().Bind(configuration.GetSection(OperationsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IModelPart, WorkOrdersModel>()
            .AddSingleton(WorkOrderTexts.All)
            .AddSingleton<StepRecorder>()
            .AddSingleton<OpenOrder>()
            .AddSingleton<TakeStep>()
            .AddSingleton<ClockSet>()
            .AddSingleton<Stations.Contracts.IStationDuty, OrdersOfStation>()
            .AddSingleton<IWorkOrders, WorkOrderBook>()
            .AddSingleton<IAlarmReaction, OrderForAlarm>()
            .AddDueScan<ClockScan>();
    }

    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder api)
    {
        WorkOrderEndpoints.Map(api);
        return api;
    }
}
