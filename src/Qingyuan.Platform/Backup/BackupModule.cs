using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Copies;
using Qingyuan.Platform.Backup.Drilling;
using Qingyuan.Platform.Backup.Due;
using Qingyuan.Platform.Backup.Moving;
using Qingyuan.Platform.Backup.Restoring;
using Qingyuan.Platform.Backup.Taking;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Backup;

/// <summary>What the composition root knows of the slice. Needs an <see cref="IInstallations"/> in the container.</summary>
public static class BackupModule
{
    public static IServiceCollection AddBackup(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<BackupOptions>().Bind(configuration.GetSection(BackupOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IModelPart, BackupModel>()
            .AddSingleton(BackupTexts.All)
            .AddSingleton<BackupFolder>().AddSingleton<VaultKeys>().AddSingleton<SpareRoom>().AddSingleton<BackupTaker>().AddSingleton<DrillRun>().AddSingleton<BackupHistory>().AddSingleton<DueTimes>()
            .AddSingleton<IBackups, BackupDesk>()
            .AddSingleton<IBlobRescue, BlobsInBackups>()
            .AddSingleton<INodeCopies>(provider => new NodeCopies(
                provider.GetRequiredService<DataDirectory>(), provider.GetRequiredService<IColdTier>().Folder, provider.GetRequiredService<ILogDisk>(), provider.GetRequiredService<IDeletedMonths>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<BackupService>().AddHostedService(provider => provider.GetRequiredService<BackupService>());
    }

    /// <summary>What bringing back needs: no installation is there yet.</summary>
    public static IServiceCollection AddRestoration(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<BackupOptions>().Bind(configuration.GetSection(BackupOptions.Section));
        return services.AddSingleton(BackupTexts.All).AddSingleton<IRestoration, Restoration>().AddSingleton<IFrameExtraction, FrameExtraction>();
    }

    /// <summary>What moving to a PostgreSQL needs: no installation runs.</summary>
    public static IServiceCollection AddMove(this IServiceCollection services) => services.AddSingleton(BackupTexts.All).AddSingleton<IInstallationMove, InstallationMove>();

    public static IEndpointRouteBuilder MapBackup(this IEndpointRouteBuilder api)
    {
        BackupEndpoints.Map(api);
        return api;
    }
}
