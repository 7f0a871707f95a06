using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Registers the blob store. Needs a <see cref="DataDirectory"/> in the container.</summary>
public static class BlobsSetup
{
    public static IServiceCollection AddBlobs(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<BlobOptions>().Bind(configuration.GetSection(BlobOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IDamageReport, NobodyToCall>();
        return services
            .AddSingleton<IModelPart, BlobModel>()
            .AddSingleton(provider => provider.GetRequiredService<IOptions<BlobOptions>>().Value)
            .AddSingleton(Folder)
            .AddSingleton<IBlobStore>(provider => provider.GetRequiredService<FolderBlobStore>()).AddSingleton<IBlobUpkeep>(provider => provider.GetRequiredService<FolderBlobStore>())
            .AddSingleton(provider => new BlobReferences(provider.GetRequiredService<IDatabase>(), provider.GetRequiredService<IBlobUpkeep>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<BlobAudit>().AddSingleton<BlobSweep>().AddSingleton<BlobPasses>()
            .AddSingleton<BlobScrub>().AddSingleton<IBlobScrub>(provider => provider.GetRequiredService<BlobScrub>()).AddHostedService(provider => provider.GetRequiredService<BlobScrub>());
    }

    private static FolderBlobStore Folder(IServiceProvider provider)
    {
        var folder = provider.GetRequiredService<DataDirectory>().Blobs;
        return new(new(folder), new(folder), provider.GetRequiredService<BlobOptions>(), provider.GetRequiredService<TimeProvider>());
    }
}
