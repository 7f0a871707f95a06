using System.Globalization;
using Npgsql;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.chunk</c> by sampled month, with the factor codes and the contradictions of that month.</summary>
internal sealed class PostgresChunkStore(PostgresTables tables) : IChunkStore, IChunkMonths
{
    private const int ChunksAtOnce = 500;

    /// <summary>Of one statement: arrays, because a statement a chunk takes longer than all that follows.</summary>
    private const int WrittenAtOnce = 2000;

    private const string WriteChunks = """
        INSERT INTO telemetry.chunk AS t (month, resolution, period, station, closed, bytes)
        SELECT $1, * FROM unnest($2::smallint[], $3::int[], $4::int[], $5::boolean[], $6::bytea[])
        ON CONFLICT (resolution, period, station, month) DO UPDATE SET closed = t.closed OR excluded.closed, bytes = excluded.bytes
        """;

    /// <summary>One that is there already came with a checkpoint that failed for us only. Another name under the number is refused by the key: what is packed with it could not be read.</summary>
    private const string WriteCode = """
        INSERT INTO telemetry.code (month, id, factor, quantity) SELECT $1, $2, $3, $4
        WHERE NOT EXISTS (SELECT FROM telemetry.code WHERE month = $1 AND id = $2 AND factor = $3 AND quantity = $4)
        """;

    /// <summary>In the transaction of each change of a month's chunks.</summary>
    private const string CountWrite = "INSERT INTO telemetry.chunk_writes AS t (month, writes) VALUES ($1, 1) ON CONFLICT (month) DO UPDATE SET writes = t.writes + 1";

    private const string WriteConflict =
        "INSERT INTO telemetry.conflict (month, station, at, resolution, factor, quantity, first, second) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";

    private readonly Lock _gate = new();
    private readonly Dictionary<int, CodeBook> _codes = [];

    public CodeBook Codes(ChunkKey key)
    {
        lock (_gate)
        {
            if (_codes.TryGetValue(key.Month, out var book)) return book;
            return _codes[key.Month] = new(ReadCodes(key.Month));
        }
    }

    public void Write(int month, IReadOnlyCollection<ChunkWrite> chunks, IReadOnlyCollection<Conflict> conflicts)
    {
        try
        {
            WriteOnce(month, chunks, conflicts);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.CheckViolation)
        {
            // Another node moved the month to the cold tier and dropped its partition.
            tables.ForgetMonth("chunk", month);
            WriteOnce(month, chunks, conflicts);
        }
    }

    private void WriteOnce(int month, IReadOnlyCollection<ChunkWrite> chunks, IReadOnlyCollection<Conflict> conflicts)
    {
        using var connection = tables.Open();
        tables.RequireMonth(connection, "chunk", month);
        if (conflicts.Count > 0) tables.RequireMonth(connection, "conflict", month);
        CodeBook? book;
        lock (_gate) _codes.TryGetValue(month, out book);
        var (first, names) = book is null ? (0, []) : (book.Stored, book.Unstored());
        using var transaction = connection.BeginTransaction();
        using var all = new NpgsqlBatch(connection, transaction);
        for (var i = 0; i < names.Count; i++) PostgresTables.Queue(all, WriteCode, month, first + i, names[i].Factor, names[i].Quantity);
        foreach (var part in chunks.Chunk(WrittenAtOnce))
        {
            PostgresTables.Queue(
                all, WriteChunks, month, Array.ConvertAll(part, each => (short)each.Key.Resolution), Array.ConvertAll(part, each => each.Key.Period), Array.ConvertAll(part, each => each.Key.StationNo),
                Array.ConvertAll(part, each => each.Closed), Array.ConvertAll(part, each => each.Bytes));
        }

        foreach (var conflict in conflicts)
        {
            PostgresTables.Queue(
                all, WriteConflict, month, conflict.Chunk.StationNo, conflict.At.Ticks, (short)conflict.Chunk.Resolution, conflict.Factor, conflict.Quantity, conflict.First.ToString(), conflict.Second.ToString());
        }

        if (chunks.Count > 0) PostgresTables.Queue(all, CountWrite, month);
        if (all.BatchCommands.Count > 0) all.ExecuteNonQuery();
        transaction.Commit();
        book?.MarkStored(names.Count);
    }

    public (byte[] Bytes, bool Closed)? Read(ChunkKey key)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(
            connection, "SELECT bytes, closed FROM telemetry.chunk WHERE month = $1 AND resolution = $2 AND period = $3 AND station = $4", key.Month, (short)key.Resolution, key.Period, key.StationNo);
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetFieldValue<byte[]>(0), row.GetBoolean(1)) : null;
    }

    public bool HasPeriod(ChunkKey any)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(
            connection, "SELECT EXISTS (SELECT 1 FROM telemetry.chunk WHERE month = $1 AND resolution = $2 AND period = $3)", any.Month, (short)any.Resolution, any.Period);
        return command.ExecuteScalar() is true;
    }

    public IEnumerable<(ChunkKey Key, byte[] Bytes)> Read(IReadOnlyCollection<ChunkKey> keys)
    {
        // By station and month: within one of both the periods asked for lie side by side.
        foreach (var part in keys.GroupBy(key => (key.Month, key.Resolution, key.StationNo)))
        {
            var wanted = part.ToDictionary(key => key.Period);
            using var connection = tables.Open();
            using var command = PostgresTables.Command(
                connection, "SELECT period, bytes FROM telemetry.chunk WHERE month = $1 AND resolution = $2 AND station = $3 AND period = ANY($4) ORDER BY period",
                part.Key.Month, (short)part.Key.Resolution, part.Key.StationNo, wanted.Keys.ToArray());
            using var row = command.ExecuteReader();
            while (row.Read()) yield return (wanted[row.GetInt32(0)], row.GetFieldValue<byte[]>(1));
        }
    }

    public IEnumerable<(ChunkKey Key, byte[] Bytes)> All()
    {
        for (var page = Page(new(Resolution.Realtime, int.MinValue, 0)); page.Count > 0; page = Page(page[^1].Key))
            foreach (var chunk in page) yield return chunk;
    }

    /// <summary>Page by page: a long reading would hold up whoever makes the next month's partition, and the appending behind it.</summary>
    private List<(ChunkKey Key, byte[] Bytes)> Page(ChunkKey after)
    {
        var page = new List<(ChunkKey, byte[])>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(
            connection, "SELECT resolution, period, station, bytes FROM telemetry.chunk WHERE (resolution, period, station) > ($1, $2, $3) ORDER BY resolution, period, station LIMIT $4",
            (short)after.Resolution, after.Period, after.StationNo, ChunksAtOnce);
        using var row = command.ExecuteReader();
        while (row.Read()) page.Add((KeyOf(row), row.GetFieldValue<byte[]>(3)));
        return page;
    }

    public IReadOnlyList<ChunkKey> OpenKeys()
    {
        var keys = new List<ChunkKey>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT resolution, period, station FROM telemetry.chunk WHERE NOT closed");
        using var row = command.ExecuteReader();
        while (row.Read()) keys.Add(KeyOf(row));
        return keys;
    }

    public void SetAside(ChunkKey key)
    {
        using var connection = tables.Open();
        using var transaction = connection.BeginTransaction();
        using var all = new NpgsqlBatch(connection, transaction);
        PostgresTables.Queue(
            all,
            """
            WITH taken AS (DELETE FROM telemetry.chunk WHERE month = $1 AND resolution = $2 AND period = $3 AND station = $4 RETURNING resolution, period, station, bytes),
            again AS (DELETE FROM telemetry.chunk_mended WHERE resolution = $2 AND period = $3 AND station = $4)
            INSERT INTO telemetry.chunk_damaged SELECT resolution, period, station, bytes FROM taken
            """,
            key.Month, (short)key.Resolution, key.Period, key.StationNo);
        PostgresTables.Queue(all, CountWrite, key.Month);
        all.ExecuteNonQuery();
        transaction.Commit();
    }

    public IReadOnlyList<(ChunkKey Key, byte[] Bytes)> Unmended()
    {
        var chunks = new List<(ChunkKey, byte[])>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(
            connection,
            """
            SELECT resolution, period, station, bytes FROM telemetry.chunk_damaged
            WHERE (resolution, period, station) NOT IN (SELECT resolution, period, station FROM telemetry.chunk_mended) ORDER BY resolution, period, station
            """);
        using var row = command.ExecuteReader();
        while (row.Read()) chunks.Add((KeyOf(row), row.GetFieldValue<byte[]>(3)));
        return chunks;
    }

    public void MarkMended(ChunkKey key)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(
            connection,
            """
            INSERT INTO telemetry.chunk_mended SELECT DISTINCT resolution, period, station FROM telemetry.chunk_damaged WHERE resolution = $1 AND period = $2 AND station = $3
            ON CONFLICT DO NOTHING
            """,
            (short)key.Resolution, key.Period, key.StationNo);
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<int> Months(int newest = int.MaxValue)
    {
        using var connection = tables.Open();
        return [.. PostgresTables.Months(connection, "chunk").Where(month => month <= newest)];
    }

    public IReadOnlyList<int> Stations(int month)
    {
        var stations = new List<int>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT DISTINCT station FROM telemetry.chunk WHERE month = $1 ORDER BY station", month);
        using var row = command.ExecuteReader();
        while (row.Read()) stations.Add(row.GetInt32(0));
        return stations;
    }

    public string Stamp(int month)
    {
        using var connection = tables.Open();
        return Stamp(connection, month);
    }

    public bool Drop(int month, string stamp)
    {
        using var connection = tables.Open();
        using var transaction = connection.BeginTransaction();
        // The whole table first: whoever reads it holds it, and would wait for the partition that we hold.
        PostgresTables.Execute(connection, "LOCK TABLE telemetry.chunk IN ACCESS EXCLUSIVE MODE");
        if (Stamp(connection, month) != stamp) return false;
        PostgresTables.Execute(connection, "DROP TABLE IF EXISTS " + PostgresTables.PartitionOf("chunk", month));
        transaction.Commit();
        tables.ForgetMonth("chunk", month);
        return true; // the codes stay: other nodes know them by number
    }

    /// <summary>
    /// A number to compare, because this is asked again under the lock of the whole table, which must be short. A writing that had its chunks in the table before the lock is counted
    /// before it; one that comes after finds no partition, and is counted when it is done again.
    /// </summary>
    private static string Stamp(NpgsqlConnection connection, int month)
    {
        using var command = PostgresTables.Command(connection, "SELECT writes FROM telemetry.chunk_writes WHERE month = $1", month);
        return (command.ExecuteScalar() as long? ?? 0).ToString(CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<Conflict> Conflicts(int? stationNo, DateTime from, DateTime to)
    {
        var conflicts = new List<Conflict>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(
            connection, "SELECT at, resolution, factor, quantity, first, second, station FROM telemetry.conflict WHERE at >= $1 AND at < $2" + (stationNo is null ? "" : " AND station = $3") + " ORDER BY at",
            from.Ticks, to.Ticks);
        if (stationNo is { } number) command.Parameters.Add(new() { Value = number });
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var at = new DateTime(row.GetInt64(0));
            _ = FrameId.TryParse(row.GetString(4), out var first) & FrameId.TryParse(row.GetString(5), out var second);
            conflicts.Add(new(ChunkKey.Of((Resolution)row.GetInt16(1), at, row.GetInt32(6)), at, row.GetString(2), row.GetString(3), first, second));
        }

        return conflicts;
    }

    private static ChunkKey KeyOf(NpgsqlDataReader row) => new((Resolution)row.GetInt16(0), row.GetInt32(1), row.GetInt32(2));

    private List<(string, string)> ReadCodes(int month)
    {
        var names = new List<(string, string)>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT factor, quantity FROM telemetry.code WHERE month = $1 ORDER BY id", month);
        using var row = command.ExecuteReader();
        while (row.Read()) names.Add((row.GetString(0), row.GetString(1)));
        return names;
    }
}
