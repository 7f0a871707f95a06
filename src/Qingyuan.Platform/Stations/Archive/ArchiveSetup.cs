using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Archive.Importing;
using Qingyuan.Platform.Stations.Archive.Retiring;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>Registers the archive.</summary>
internal static class ArchiveSetup
{
    public static IServiceCollection AddStationArchive(this IServiceCollection services) => services
        .AddSingleton<IModelPart, ArchiveModel>()
        .AddSingleton<StationDirectory>()
        .AddSingleton<IStationDirectory>(provider => provider.GetRequiredService<StationDirectory>())
        .AddSingleton<IOrganisationStations>(provider => provider.GetRequiredService<StationDirectory>())
        .AddHostedService(provider => provider.GetRequiredService<StationDirectory>())
        .AddSingleton<Evidence.Contracts.ILedgerPlaces, LedgerPlaces>()
        .AddSingleton<Telemetry.Contracts.ILoggerIds, LoggerIds>()
        .AddSingleton<ILoggerHistory, LoggerHistory>()
        .AddSingleton<KeptData>()
        .AddSingleton<StationArchive>()
        .AddSingleton<IStationArchive>(provider => provider.GetRequiredService<StationArchive>())
        .AddSingleton<StationRetirement>()
        .AddSingleton<IStationRetirement>(provider => provider.GetRequiredService<StationRetirement>())
        .AddSingleton<StationImports>()
        .AddSingleton<IStationImports>(provider => provider.GetRequiredService<StationImports>())
        .AddSingleton<IStationTable, StationTable>();
}
