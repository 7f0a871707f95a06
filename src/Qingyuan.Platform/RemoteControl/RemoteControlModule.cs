using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.RemoteControl.Automatic;
using Qingyuan.Platform.RemoteControl.Commands;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.RemoteControl.Marks;
using Qingyuan.Platform.RemoteControl.Parameters;
using Qingyuan.Platform.RemoteControl.Patrols;
using Qingyuan.Platform.RemoteControl.Wire;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.RemoteControl;

/// <summary>What the composition root knows of the slice.</summary>
public static class RemoteControlModule
{
    public static IServiceCollection AddRemoteControl(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<RemoteControlOptions>().Bind(configuration.GetSection(RemoteControlOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IModelPart, RemoteControlModel>()
            .AddSingleton(RemoteControlTexts.All)
            .AddSingleton<Adapters>().AddSingleton<OperationFrames>()
            .AddSingleton<CommandRecorder>().AddSingleton<StationFactsReader>().AddSingleton<MarkKeeper>().AddSingleton<CommandAct>().AddSingleton<RequestCommand>()
            .AddSingleton<CommandSender>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<CommandSender>())
            .AddSingleton<IFieldReplies, ReplyHearing>()
            .AddSingleton<Stations.Contracts.IStationDuty, CommandsOfStation>()
            .AddSingleton<IDataMarks, MarkBook>()
            .AddSingleton<IAuthorisations, AuthorisationBook>()
            .AddSingleton<IRemoteControl, CommandBook>()
            .AddSingleton<ParameterBook>().AddSingleton<IStationParameters>(provider => provider.GetRequiredService<ParameterBook>())
            .AddSingleton<PatrolReport>().AddSingleton<PatrolBook>().AddSingleton<IPatrols>(provider => provider.GetRequiredService<PatrolBook>())
            .AddDueScan<AutomaticOperations>().AddDueScan<ParameterScan>().AddDueScan<PatrolScan>();
    }

    public static IEndpointRouteBuilder MapRemoteControl(this IEndpointRouteBuilder api)
    {
        RemoteControlEndpoints.Map(api);
        MarkEndpoints.Map(api);
        AuthorisationEndpoints.Map(api);
        ParameterEndpoints.Map(api);
        PatrolEndpoints.Map(api);
        return api;
    }
}
