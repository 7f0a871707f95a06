using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary>The slice's tables in PostgreSQL, schema <c>telemetry</c>: one partition a month of everything that grows, so that a month is moved or dropped as a whole.</summary>
/// <remarks>What was received, derived or contradicted is never changed: triggers refuse it, whoever asks. A month goes as a whole, by dropping its partition. Made on first use under an advisory lock, like the files of the other engine: partitions come into being while time passes, so migrations alone could not make them.</remarks>
internal sealed class PostgresTables : IDisposable
{
    private const string Schema = """
        SELECT pg_advisory_xact_lock(8212, 1);
        CREATE SCHEMA IF NOT EXISTS telemetry;
        CREATE TABLE IF NOT EXISTS telemetry.frame_batch (
            month int NOT NULL, id bigint NOT NULL, received_from bigint NOT NULL, received_to bigint NOT NULL, frames int NOT NULL, raw_bytes int NOT NULL,
            previous_sha256 bytea NOT NULL, sha256 bytea NOT NULL, codec int NOT NULL, content bytea NOT NULL, PRIMARY KEY (id, month)) PARTITION BY LIST (month);
        CREATE TABLE IF NOT EXISTS telemetry.frame_hour (month int NOT NULL, hour int NOT NULL, batches bytea NOT NULL, PRIMARY KEY (hour, month)) PARTITION BY LIST (month);
        CREATE TABLE IF NOT EXISTS telemetry.frame_index (month int NOT NULL, hour int NOT NULL, mn text NOT NULL, batches bytea NOT NULL, PRIMARY KEY (hour, mn, month)) PARTITION BY LIST (month);
        CREATE TABLE IF NOT EXISTS telemetry.code (month int NOT NULL, id int NOT NULL, factor text NOT NULL, quantity text NOT NULL, PRIMARY KEY (month, id));
        CREATE TABLE IF NOT EXISTS telemetry.chunk (
            month int NOT NULL, resolution smallint NOT NULL, period int NOT NULL, station int NOT NULL, closed boolean NOT NULL, bytes bytea NOT NULL,
            PRIMARY KEY (resolution, period, station, month)) PARTITION BY LIST (month);
        CREATE INDEX IF NOT EXISTS chunk_open ON telemetry.chunk (month) WHERE NOT closed;
        CREATE TABLE IF NOT EXISTS telemetry.chunk_writes (month int PRIMARY KEY, writes bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS telemetry.chunk_damaged (resolution smallint NOT NULL, period int NOT NULL, station int NOT NULL, bytes bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS telemetry.chunk_mended (resolution smallint NOT NULL, period int NOT NULL, station int NOT NULL, PRIMARY KEY (resolution, period, station));
        CREATE TABLE IF NOT EXISTS telemetry.conflict (
            month int NOT NULL, station int NOT NULL, at bigint NOT NULL, resolution smallint NOT NULL, factor text NOT NULL, quantity text NOT NULL, first text NOT NULL, second text NOT NULL,
            PRIMARY KEY (station, at, resolution, factor, quantity, second, month)) PARTITION BY LIST (month);
        CREATE TABLE IF NOT EXISTS telemetry.derived (
            month int NOT NULL, station int NOT NULL, resolution smallint NOT NULL, start bigint NOT NULL, revision bigint NOT NULL, made bigint NOT NULL, content bytea NOT NULL,
            PRIMARY KEY (station, resolution, start, revision, month)) PARTITION BY LIST (month);
        CREATE TABLE IF NOT EXISTS telemetry.mark (name text PRIMARY KEY, value bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS telemetry.latest_station (station int PRIMARY KEY, content bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS telemetry.store_probe (id int PRIMARY KEY, filler bytea NOT NULL);
        CREATE OR REPLACE FUNCTION telemetry.kept() RETURNS trigger LANGUAGE plpgsql AS $kept$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $kept$;
        DO $make$ DECLARE kept text; BEGIN
            FOREACH kept IN ARRAY ARRAY['frame_batch', 'derived', 'conflict'] LOOP
                IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'kept' AND tgrelid = ('telemetry.' || kept)::regclass) THEN
                    EXECUTE format('CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON telemetry.%I FOR EACH ROW EXECUTE FUNCTION telemetry.kept()', kept);
                END IF;
            END LOOP;
        END $make$;
        ALTER TABLE telemetry.frame_batch ALTER COLUMN content SET STORAGE EXTERNAL;
        ALTER TABLE telemetry.chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
        """;

    private readonly NpgsqlDataSource _source;
    private readonly string _patient;
    private readonly ConcurrentDictionary<(string Table, int Month), bool> _partitions = [];
    private readonly Lock _making = new();
    private volatile bool _made;

    public PostgresTables(PersistenceOptions? options = null)
    {
        var connection = options?.PostgresConnection ?? throw new ArgumentException("No PostgreSQL is named.", nameof(options));
        _source = NpgsqlDataSource.Create(connection);
        _patient = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, CommandTimeout = 0 }.ToString();
    }

    /// <summary>A pooled connection with all tables there.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public NpgsqlConnection Open() => Ready(_source.OpenConnection());

    /// <summary>The same outside the pool, waiting for each answer without a limit.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public NpgsqlConnection OpenPatient()
    {
        var connection = new NpgsqlConnection(_patient);
        try
        {
            connection.Open();
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return Ready(connection);
    }

    /// <summary>Makes the partition of that month if it is not known to be there.</summary>
    public void RequireMonth(string table, int month)
    {
        if (_partitions.ContainsKey((table, month))) return;
        using var connection = Open();
        RequireMonth(connection, table, month);
    }

    /// <summary>Makes the partition of that month if it is not there.</summary>
    public void RequireMonth(NpgsqlConnection connection, string table, int month)
    {
        if (_partitions.ContainsKey((table, month))) return;
        var name = PartitionOf(table, month);
        using var transaction = connection.BeginTransaction();
        Execute(connection, "SELECT pg_advisory_xact_lock(8212, 2)");
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"CREATE TABLE IF NOT EXISTS {name} PARTITION OF telemetry.{table} FOR VALUES IN ({month})"));
        transaction.Commit();
        _partitions[(table, month)] = true;
    }

    /// <summary>Another node dropped it meanwhile: make it again the next time.</summary>
    public void ForgetMonth(string table, int month) => _partitions.TryRemove((table, month), out _);

    /// <summary>The partition of a month.</summary>
    public static string PartitionOf(string table, int month) => string.Create(CultureInfo.InvariantCulture, $"telemetry.{table}_{month / 12:0000}_{(month % 12) + 1:00}");

    /// <summary>Months that have a partition, ascending.</summary>
    public static IReadOnlyList<int> Months(NpgsqlConnection connection, string table)
    {
        var months = new List<int>();
        using var command = Command(connection, "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'telemetry'::regnamespace AND relname ~ $1 ORDER BY 1", $"^{table}_[0-9]{{4}}_[0-9]{{2}}$");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var stamp = DateTime.ParseExact(row.GetString(0)[^7..], "yyyy_MM", CultureInfo.InvariantCulture);
            months.Add(MonthName.Number(stamp));
        }

        return months;
    }

    public static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    /// <summary>A command with its parameters, <c>$1</c> and so on.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // fixed statements of this slice only
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter ?? DBNull.Value });
        return command;
    }

    /// <summary>Adds a statement with its parameters to those that go to the server together.</summary>
    public static void Queue(NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }

    public void Dispose() => _source.Dispose();

    private NpgsqlConnection Ready(NpgsqlConnection connection)
    {
        try
        {
            Make(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Make(NpgsqlConnection connection)
    {
        if (_made) return;
        lock (_making)
        {
            if (_made) return;
            using var transaction = connection.BeginTransaction();
            Execute(connection, Schema);
            transaction.Commit();
            _made = true;
        }
    }
}
