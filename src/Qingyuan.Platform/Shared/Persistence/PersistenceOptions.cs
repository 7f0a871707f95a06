using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>Which engine, and where.</summary>
/// <param name="PostgresConnection">Connection string of a PostgreSQL server; null = SQLite in the data directory.</param>
/// <param name="SqliteFile">Path of <c>platform.db</c>.</param>
public sealed record PersistenceOptions(string? PostgresConnection, string SqliteFile)
{
    /// <summary>Of several hosts the primary is meant.</summary>
    public string? PostgresConnection { get; } = PostgresConnection is null ? null : DatabaseAddress.Primary(PostgresConnection);

    /// <summary>Creates the tables of the registered slices without migrations: for tests that need a part of the model.</summary>
    public bool SchemaFromModel { get; init; }

    public bool IsPostgres => PostgresConnection is not null;

    internal DbContextOptions<SqliteDb> Sqlite()
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = SqliteFile, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        return new DbContextOptionsBuilder<SqliteDb>().UseSqlite(connection).ConfigureWarnings(Quiet).ReplaceService<IModelCacheKeyFactory, PartsModelKey>().Options;
    }

    internal DbContextOptions<PostgresDb> Postgres() =>
        new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(PostgresConnection ?? "Host=unused").ConfigureWarnings(Quiet).ReplaceService<IModelCacheKeyFactory, PartsModelKey>().Options;

    // That the model has no change without a migration is a test's business; at every start it would build the whole model a second time to compare.
    private static void Quiet(WarningsConfigurationBuilder warnings) => warnings.Ignore(RelationalEventId.PendingModelChangesWarning);
}
