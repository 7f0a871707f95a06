using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Shared;

/// <summary>The whole model's schema comes from migrations, on both engines.</summary>
public class MigrationTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Migrations_build_the_schema_of_all_slices_and_nothing_is_missing_from_them(Engine engine)
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-migrate-").FullName;
        var database = engine is Engine.Postgres ? await (await PostgresServer.SharedAsync()).NewDatabaseAsync() : null;
        var services = new ServiceCollection().AddLogging();
        services.AddPlatform(new ConfigurationBuilder().Build(), new DataDirectory(folder), new ServerSettings { Database = database });
        await using var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(TestContext.Current.CancellationToken);
        await provider.MigrateAsync(TestContext.Current.CancellationToken);
        await using var db = provider.GetRequiredService<IDatabase>().Read();
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changes without a migration: see docs/operations/migrations.md.");
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(db.Database.GetMigrations(), PersistenceSetup.Migrations(engine is Engine.Postgres).Order(StringComparer.Ordinal)); // a start looks at these alone
    }
}
