using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>Registers the relational store.</summary>
public static class PersistenceSetup
{
    public static IServiceCollection AddPersistence(this IServiceCollection services, PersistenceOptions options) => services
        .AddSingleton(options)
        .AddSingleton<Database>()
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<Database>());

    /// <summary>Brings the schema up to date, under the engine's lock. Only forward.</summary>
    public static async Task MigrateAsync(this IServiceProvider provider, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var options = provider.GetRequiredService<PersistenceOptions>();
        await using var db = provider.GetRequiredService<Database>().Open();
        if (!options.IsPostgres)
        {
            await db.Database.OpenConnectionAsync(ct);
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
        }

        if (options.SchemaFromModel) await db.Database.EnsureCreatedAsync(ct);
        else if (!await IsUpToDateAsync(db, options, ct)) await db.Database.MigrateAsync(ct);
    }

    // To look for migrations the library loads every type there is, and whatever library each of them needs: at the first start of a release, not at every one.
    private static async Task<bool> IsUpToDateAsync(QingyuanDb db, PersistenceOptions options, CancellationToken ct)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToHashSet(StringComparer.Ordinal);
        return Migrations(options.IsPostgres).All(applied.Contains);
    }

    /// <summary>Ids of this release's migrations, which the build notes from their files' names.</summary>
    internal static IReadOnlyList<string> Migrations(bool isPostgres)
    {
        var key = isPostgres ? "PostgresMigrations" : "SqliteMigrations";
        return typeof(PersistenceSetup).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(note => note.Key == key).Value!.Split(',');
    }
}
