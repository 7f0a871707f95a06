using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Telemetry.Auditing;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Derived;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry.Moving;
using Qingyuan.Platform.Telemetry.Reading;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Postgres;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Platform.Telemetry;

/// <summary>What the composition root knows of the slice. Needs a <see cref="DataDirectory"/> in the container.</summary>
public static class TelemetryModule
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>().Bind(configuration.GetSection(TelemetryOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IChunkRefill, NoRefill>();
        services.TryAddSingleton<IDamageReport, NobodyToCall>();
        services.TryAddSingleton<IColdPolicy, UsualColdPolicy>();
        services.TryAddSingleton<ILoggerIds, NoLoggerIds>();
        services.TryAddSingleton<IDeletedMonths, NothingDeleted>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TelemetryOptions>>().Value);
        services.AddSingleton<TelemetryMetrics>().AddSingleton(new Sentences(typeof(TelemetryModule)));
        return services.AddStore().AddFrames().AddValues().AddCold();
    }

    public static IEndpointRouteBuilder MapTelemetry(this IEndpointRouteBuilder api)
    {
        TelemetryEndpoints.Map(api);
        return api;
    }

    /// <summary>Two engines behind the same small interfaces; everything above them is shared.</summary>
    private static IServiceCollection AddStore(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new SqliteFiles(provider.GetRequiredService<DataDirectory>().Telemetry));
        return services
            .AddSingleton<StoreChoice>().AddSingleton<PostgresTables>().AddSingleton(provider => provider.GetRequiredService<SqliteFiles>().Damaged)
            .AddSingleton<SqliteFrameStore>().AddSingleton<SqliteFrameIndexStore>().AddSingleton<SqliteStateStore>().AddSingleton<SqliteChunkStore>().AddSingleton<SqliteDerivedRowStore>()
            .AddSingleton<PostgresFrameStore>().AddSingleton<PostgresFrameIndexStore>().AddSingleton<PostgresStateStore>().AddSingleton<PostgresChunkStore>().AddSingleton<PostgresDerivedRowStore>()
            .AddSingleton(StoreChoice.Of<IFrameStore, SqliteFrameStore, PostgresFrameStore>())
            .AddSingleton(StoreChoice.Of<IFrameIndexStore, SqliteFrameIndexStore, PostgresFrameIndexStore>())
            .AddSingleton(StoreChoice.Of<IMarkStore, SqliteStateStore, PostgresStateStore>())
            .AddSingleton(StoreChoice.Of<ILatestStore, SqliteStateStore, PostgresStateStore>())
            .AddSingleton(StoreChoice.Of<IChunkStore, SqliteChunkStore, PostgresChunkStore>()).AddSingleton(StoreChoice.Of<IChunkMonths, SqliteChunkStore, PostgresChunkStore>())
            .AddSingleton<SqliteStoreSize>().AddSingleton<PostgresStoreSize>().AddSingleton(StoreChoice.Of<IStoreSize, SqliteStoreSize, PostgresStoreSize>())
            .AddSingleton(StoreChoice.Of<IDerivedRowStore, SqliteDerivedRowStore, PostgresDerivedRowStore>());
    }

    private static IServiceCollection AddFrames(this IServiceCollection services) => services
        .AddSingleton(provider => new RecentBatches(provider.GetRequiredService<TelemetryOptions>().RecentBytes))
        .AddSingleton<BatchPackers>().AddSingleton<FrameCommitter>()
        .AddSingleton<FrameLog>()
        .AddSingleton<IFrameLog>(provider => provider.GetRequiredService<FrameLog>())
        .AddHostedService(provider => provider.GetRequiredService<FrameLog>())
        .AddSingleton<BatchReader>()
        .AddSingleton<FrameTail>().AddSingleton<IFrameTail>(provider => provider.GetRequiredService<FrameTail>())
        .AddSingleton<FrameIndex>()
        .AddHostedService<FrameIndexer>()
        .AddSingleton<IFrameReader, FrameReader>()
        .AddSingleton<IFrameArchive, FrameArchive>()
        .AddSingleton<TelemetryAudit>().AddSingleton<ITelemetryAudit>(provider => provider.GetRequiredService<TelemetryAudit>())
        .AddSingleton<Mending>().AddHostedService<MendingService>()
        .AddSingleton<Scrub>().AddSingleton<IScrub>(provider => provider.GetRequiredService<Scrub>()).AddHostedService(provider => provider.GetRequiredService<Scrub>())
        .AddSingleton<IRestoredTelemetry, RestoredTelemetry>()
        .AddSingleton<ITelemetryCopy, TelemetryCopy>();

    private static IServiceCollection AddValues(this IServiceCollection services) => services
        .AddSingleton<DeletedValues>()
        .AddSingleton<OpenChunks>()
        .AddSingleton<LatestValues>()
        .AddSingleton<IChunkWriter, ChunkWriter>()
        .AddSingleton<IDerivedStore, DerivedStore>()
        .AddSingleton<IContradictions, Contradictions>()
        .AddSingleton<ITelemetryReader, TelemetryReader>()
        .AddSingleton<IStorageStatus, StorageReader>();

    private static IServiceCollection AddCold(this IServiceCollection services) => services
        .AddSingleton<ColdCatalogue>()
        .AddSingleton<IMonthGuard, MonthGuard>()
        .AddSingleton<ColdStore>()
        .AddSingleton<ColdMove>().AddSingleton<IColdTier>(provider => provider.GetRequiredService<ColdMove>())
        .AddSingleton<ColdRepair>()
        .AddHostedService<ColdService>()
        .AddSingleton<SqliteMonthStore>().AddSingleton<PostgresMonthStore>().AddSingleton(StoreChoice.Of<IMonthStore, SqliteMonthStore, PostgresMonthStore>())
        .AddSingleton<ITelemetryMonths, TelemetryMonths>();
}
