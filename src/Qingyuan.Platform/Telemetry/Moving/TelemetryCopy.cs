using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store.Postgres;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Platform.Telemetry.Moving;

/// <summary>File by file, table by table: both engines keep the same columns, only a chunk's key lies in one number here and in two there.</summary>
internal sealed class TelemetryCopy(SqliteFiles files, SqliteStateStore state) : ITelemetryCopy
{
    private const NpgsqlDbType Long = NpgsqlDbType.Bigint;
    private const NpgsqlDbType Int = NpgsqlDbType.Integer;
    private const NpgsqlDbType Bytes = NpgsqlDbType.Bytea;
    private const NpgsqlDbType Text = NpgsqlDbType.Text;
    private const NpgsqlDbType Short = NpgsqlDbType.Smallint;

    private static readonly CopiedTable[] Plain =
    [
        new("frames", "frame_batch", [("id", Long), ("received_from", Long), ("received_to", Long), ("frames", Int), ("raw_bytes", Int), ("previous_sha256", Bytes), ("sha256", Bytes), ("codec", Int), ("content", Bytes)]),
        new("frame-index", "frame_hour", [("hour", Int), ("batches", Bytes)]),
        new("frame-index", "frame_index", [("hour", Int), ("mn", Text), ("batches", Bytes)]),
        new("chunks", "code", [("id", Int), ("factor", Text), ("quantity", Text)]) { IsWhole = true },
        new("chunks", "conflict", [("station", Int), ("at", Long), ("resolution", Short), ("factor", Text), ("quantity", Text), ("first", Text), ("second", Text)]),
        new("derived", "derived", [("station", Int), ("resolution", Short), ("start", Long), ("revision", Long), ("made", Long), ("content", Bytes)]),
    ];

    public async Task<TelemetryCopied> IntoAsync(string database, CancellationToken ct)
    {
        using var tables = new PostgresTables(new PersistenceOptions(database, ""));
        await using var target = tables.Open();
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in Plain) rows[table.Name] = Months(table.Kind, month => Copy(table, month, tables, target, ct));
        var chunks = Months("chunks", month => Chunks(month, tables, target, ct));
        Marks(target);
        Latest(tables, ct);
        using var frames = PostgresTables.Command(target, "SELECT coalesce(sum(frames), 0)::bigint FROM telemetry.frame_batch");
        return new(rows["frame_batch"], (long)frames.ExecuteScalar()!, chunks, rows["derived"]);
    }

    private long Months(string kind, Func<int, long> copy) => files.Months(kind).Sum(copy);

    private long Copy(CopiedTable table, int month, PostgresTables tables, NpgsqlConnection target, CancellationToken ct)
    {
        if (!table.IsWhole) tables.RequireMonth(target, table.Name, month);
        return Stream(files.Path(table.Kind, month), $"SELECT {table.ColumnList} FROM {table.Name}", target, $"COPY telemetry.{table.Name} (month, {table.ColumnList}) FROM STDIN (FORMAT BINARY)", (row, into) =>
        {
            into.Write(month, Int);
            for (var at = 0; at < table.Columns.Length; at++) Write(row, at, table.Columns[at].Type, into);
        }, ct);
    }

    private long Chunks(int month, PostgresTables tables, NpgsqlConnection target, CancellationToken ct)
    {
        tables.RequireMonth(target, "chunk", month);
        var (path, copied) = (files.Path("chunks", month), 0L);
        files.OpenReader(path, SqliteChunkStore.Schema)?.Dispose(); // a month of an earlier release gets the tables that it lacks
        const string into = "COPY telemetry.chunk (month, resolution, period, station, closed, bytes) FROM STDIN (FORMAT BINARY)";
        foreach (var resolution in Enum.GetValues<Resolution>())
        {
            var closed = SqliteChunkStore.Table(resolution);
            var own = (int)resolution;
            copied += Stream(path, $"SELECT key, bytes FROM {closed}", target, into, (row, writer) => Chunk(resolution, row, month, isClosed: true, writer), ct);
            copied += Stream(path, $"SELECT key, bytes FROM chunk_open WHERE resolution = {own} AND key NOT IN (SELECT key FROM {closed})", target, into, (row, writer) => Chunk(resolution, row, month, isClosed: false, writer), ct);
            Stream(path, $"SELECT key, bytes FROM chunk_damaged WHERE resolution = {own}", target, "COPY telemetry.chunk_damaged (resolution, period, station, bytes) FROM STDIN (FORMAT BINARY)", (row, writer) => Damaged(resolution, row, writer), ct);
            Stream(path, $"SELECT key FROM chunk_mended WHERE resolution = {own}", target, "COPY telemetry.chunk_mended (resolution, period, station) FROM STDIN (FORMAT BINARY)", (row, writer) => Key(resolution, row, writer), ct);
        }

        return copied;
    }

    private static void Chunk(Resolution resolution, SqliteDataReader row, int month, bool isClosed, NpgsqlBinaryImporter into)
    {
        into.Write(month, Int);
        var key = ChunkKey.FromValue(resolution, row.GetInt64(0));
        into.Write((short)resolution, Short);
        into.Write(key.Period, Int);
        into.Write(key.StationNo, Int);
        into.Write(isClosed, NpgsqlDbType.Boolean);
        into.Write((byte[])row[1], Bytes);
    }

    private static void Damaged(Resolution resolution, SqliteDataReader row, NpgsqlBinaryImporter into)
    {
        Key(resolution, row, into);
        into.Write((byte[])row[1], Bytes);
    }

    private static void Key(Resolution resolution, SqliteDataReader row, NpgsqlBinaryImporter into)
    {
        var key = ChunkKey.FromValue(resolution, row.GetInt64(0));
        into.Write((short)resolution, Short);
        into.Write(key.Period, Int);
        into.Write(key.StationNo, Int);
    }

    private void Marks(NpgsqlConnection target)
    {
        foreach (var (name, value) in state.Marks())
        {
            using var command = PostgresTables.Command(target, PostgresStateStore.WriteMark, name, value);
            command.ExecuteNonQuery();
        }
    }

    private void Latest(PostgresTables tables, CancellationToken ct)
    {
        var into = new PostgresStateStore(tables);
        foreach (var page in state.Stations().Chunk(1000))
        {
            ct.ThrowIfCancellationRequested();
            into.Write([.. page.Select(station => (station, LatestContent.Write(new StationLatest(state.Read(station)).All())))]);
        }
    }

    private static long Stream(string path, string select, NpgsqlConnection target, string copy, Action<SqliteDataReader, NpgsqlBinaryImporter> write, CancellationToken ct)
    {
        using var source = SqliteFiles.OpenAsItIs(path);
        using var command = SqliteFiles.Prepare(source, select);
        using var row = command.ExecuteReader();
        using var into = target.BeginBinaryImport(copy);
        var count = 0L;
        for (; row.Read(); count++)
        {
            ct.ThrowIfCancellationRequested();
            into.StartRow();
            write(row, into);
        }

        into.Complete();
        return count;
    }

    private static void Write(SqliteDataReader row, int at, NpgsqlDbType type, NpgsqlBinaryImporter into)
    {
        switch (type)
        {
            case Long: into.Write(row.GetInt64(at), type); break;
            case Int: into.Write(row.GetInt32(at), type); break;
            case Short: into.Write(row.GetInt16(at), type); break;
            case Bytes: into.Write((byte[])row[at], type); break;
            default: into.Write(row.GetString(at), type); break;
        }
    }

    /// <param name="Kind">Of its files.</param>
    /// <param name="Name">The same on both sides.</param>
    /// <param name="Columns">In order.</param>
    private sealed record CopiedTable(string Kind, string Name, (string Name, NpgsqlDbType Type)[] Columns)
    {
        public string ColumnList { get; } = string.Join(", ", Columns.Select(column => column.Name));

        /// <summary>Not partitioned by month.</summary>
        public bool IsWhole { get; init; }
    }
}
