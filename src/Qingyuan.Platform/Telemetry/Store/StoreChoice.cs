using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>Where frames and values are kept.</summary>
public enum StoreKind
{
    /// <summary>In PostgreSQL when the platform has one and no files of an earlier release hold frames, else in files.</summary>
    Auto,

    /// <summary>SQLite files in the data directory.</summary>
    Files,

    /// <summary>The platform's PostgreSQL.</summary>
    Database,
}

/// <summary>Decides once which engine serves. Never both: frames that lie in the other one would look lost.</summary>
internal sealed class StoreChoice
{
    public StoreChoice(DataDirectory data, TelemetryOptions options, ILogger<StoreChoice> log, PersistenceOptions? persistence = null)
    {
        var hasServer = persistence?.IsPostgres is true;
        if (options.Store is StoreKind.Database && !hasServer) throw new InvalidOperationException("Telemetry:Store is Database, but no PostgreSQL is named (--db).");
        var hasFiles = hasServer && Directory.EnumerateFiles(data.Telemetry, "frames-*.db").Any();
        IsPostgres = options.Store is StoreKind.Database || (options.Store is StoreKind.Auto && hasServer && !hasFiles);
        if (hasFiles && !IsPostgres) Log.StaysInFiles(log, data.Telemetry);
    }

    public bool IsPostgres { get; }

    /// <summary>Registers the two engines' implementations of one interface.</summary>
    public static Func<IServiceProvider, TService> Of<TService, TFiles, TDatabase>()
        where TFiles : class, TService
        where TDatabase : class, TService => provider => provider.GetRequiredService<StoreChoice>().IsPostgres ? provider.GetRequiredService<TDatabase>() : provider.GetRequiredService<TFiles>();
}
