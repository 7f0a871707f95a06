using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Tests.Engines;

/// <summary>A fresh database with the tables of the given slices, on either engine.</summary>
public static class TestDatabase
{
    /// <summary>Adds persistence to <paramref name="services"/>; call <see cref="PersistenceSetup.MigrateAsync"/> on the built provider.</summary>
    public static async Task AddAsync(IServiceCollection services, Engine engine)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-db-").FullName, "platform.db");
        var postgres = engine is Engine.Postgres ? await (await PostgresServer.SharedAsync()).NewDatabaseAsync() : null;
        services.AddPersistence(new PersistenceOptions(postgres, file) { SchemaFromModel = true });
    }
}
