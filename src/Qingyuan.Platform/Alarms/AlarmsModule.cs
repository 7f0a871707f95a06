using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Handling;
using Qingyuan.Platform.Alarms.Notifications;
using Qingyuan.Platform.Alarms.Raising;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Alarms;

/// <summary>What the composition root knows of the slice.</summary>
public static class AlarmsModule
{
    public static IServiceCollection AddAlarms(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new Organisation(configuration[Organisation.Setting] ?? Organisation.Unnamed));
        services.AddOptions<AlarmsOptions>().Bind(configuration.GetSection(AlarmsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IModelPart, AlarmsModel>()
            .AddSingleton(AlarmTexts.All)
            .AddSingleton<RepeatThrottle>()
            .AddSingleton<AlarmRecorder>()
            .AddSingleton<SignalHandler>()
            .AddSingleton<HandleAlarm>()
            .AddSingleton<IStationDuty, AlarmsOfStation>()
            .AddSingleton<IAlarmDesk, AlarmDesk>()
            .AddSingleton<Evidence.Contracts.IEvidenceAlarm, EvidenceAlarm>()
            .AddSingleton<Shared.IDamageReport, DamageAlarm>()
            .AddSingleton<ITwinSignals, TwinSignals>()
            .AddSingleton<IAlarmLinks, AlarmLinks>()
            .AddDueScan<ShelvingScan>()
            .AddDueScan<ClockWatch>()
            .AddNotifications();
    }

    public static IEndpointRouteBuilder MapAlarms(this IEndpointRouteBuilder api)
    {
        AlarmsEndpoints.Map(api);
        NotificationsSetup.Map(api);
        return api;
    }
}
