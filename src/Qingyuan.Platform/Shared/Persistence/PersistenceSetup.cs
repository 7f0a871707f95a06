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
        await using var db = provider.GetRequiredService<Database>().Open();
        if (!provider.GetRequiredService<PersistenceOptions>().IsPostgres)
        {
            await db.Database.OpenConnectionAsync(ct);
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
        }

        if (provider.GetRequiredService<PersistenceOptions>().SchemaFromModel) await db.Database.EnsureCreatedAsync(ct);
        else await db.Database.MigrateAsync(ct);
    }
}
