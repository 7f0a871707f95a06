using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary>
/// <c>chunks-YYYY-MM.db</c> by sampled month: a table per resolution, filled in order of keys when periods close, and one where open chunks are rewritten
/// until then, so that rewriting does not leave the final tables half empty.
/// </summary>
internal sealed class SqliteChunkStore(SqliteFiles files) : IChunkStore, IChunkMonths
{
    private const string Kind = "chunks";
    private const int ChunksAtOnce = 500;

    internal static readonly string Schema = """
        CREATE TABLE IF NOT EXISTS code (id INTEGER PRIMARY KEY, factor TEXT NOT NULL, quantity TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS chunk_realtime (key INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS chunk_minute (key INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS chunk_hour (key INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS chunk_day (key INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS chunk_open (resolution INTEGER NOT NULL, key INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (resolution, key)) STRICT;
        CREATE TABLE IF NOT EXISTS chunk_damaged (resolution INTEGER NOT NULL, key INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS chunk_mended (resolution INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (resolution, key)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS conflict (
            station INTEGER NOT NULL, at INTEGER NOT NULL, resolution INTEGER NOT NULL, factor TEXT NOT NULL, quantity TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL,
            PRIMARY KEY (station, at, resolution, factor, quantity, second)) STRICT, WITHOUT ROWID;
        """ + SqliteFiles.InsertOnly("conflict");

    private readonly Lock _gate = new();
    private readonly Dictionary<int, CodeBook> _codes = [];
    private readonly Lock _writing = new();
    private readonly Dictionary<int, int> _writes = [];

    public CodeBook Codes(ChunkKey key)
    {
        lock (_gate)
        {
            if (_codes.TryGetValue(key.Month, out var book)) return book;
            return _codes[key.Month] = new(files.Guard(files.Path(Kind, key.Month), () => ReadCodes(key.Month)));
        }
    }

    public void Write(int month, IReadOnlyCollection<ChunkWrite> chunks, IReadOnlyCollection<Conflict> conflicts)
    {
        lock (_writing)
        {
            _writes[month] = _writes.GetValueOrDefault(month) + 1;
            files.Guard(files.Path(Kind, month), () => WriteOnce(month, chunks, conflicts));
        }
    }

    private bool WriteOnce(int month, IReadOnlyCollection<ChunkWrite> chunks, IReadOnlyCollection<Conflict> conflicts)
    {
        using var connection = files.OpenWriter(files.Path(Kind, month), Schema);
        using var transaction = connection.BeginTransaction();
        var (book, codes) = WriteCodes(connection, month);
        WriteChunks(connection, chunks);
        WriteConflicts(connection, conflicts);
        transaction.Commit();
        book?.MarkStored(codes);
        return true;
    }

    public (byte[] Bytes, bool Closed)? Read(ChunkKey key) => files.Guard(files.Path(Kind, key.Month), () => ReadOne(key));

    private (byte[] Bytes, bool Closed)? ReadOne(ChunkKey key)
    {
        using var connection = files.OpenReader(files.Path(Kind, key.Month), Schema);
        if (connection is null) return null;
        using var closed = SqliteFiles.Prepare(connection, $"SELECT bytes FROM {Table(key.Resolution)} WHERE key = $key", "$key");
        closed.Parameters[0].Value = key.Value;
        if (closed.ExecuteScalar() is byte[] bytes) return (bytes, true);
        using var open = SqliteFiles.Prepare(connection, "SELECT bytes FROM chunk_open WHERE resolution = $resolution AND key = $key", "$resolution", "$key");
        open.Parameters[0].Value = (int)key.Resolution;
        open.Parameters[1].Value = key.Value;
        return open.ExecuteScalar() is byte[] still ? (still, false) : null;
    }

    public bool HasPeriod(ChunkKey any) => files.Guard(files.Path(Kind, any.Month), () => LookFor(any));

    private bool LookFor(ChunkKey any)
    {
        using var connection = files.OpenReader(files.Path(Kind, any.Month), Schema);
        if (connection is null) return false;
        using var command = SqliteFiles.Prepare(
            connection,
            $"""
            SELECT EXISTS (SELECT 1 FROM {Table(any.Resolution)} WHERE key BETWEEN $first AND $last)
            OR EXISTS (SELECT 1 FROM chunk_open WHERE resolution = $resolution AND key BETWEEN $first AND $last)
            """,
            "$first", "$last", "$resolution");
        command.Parameters[0].Value = (any with { StationNo = 0 }).Value;
        command.Parameters[1].Value = (any with { StationNo = -1 }).Value;
        command.Parameters[2].Value = (int)any.Resolution;
        return command.ExecuteScalar() is 1L;
    }

    public IEnumerable<(ChunkKey Key, byte[] Bytes)> Read(IReadOnlyCollection<ChunkKey> keys)
    {
        foreach (var month in keys.GroupBy(key => key.Month))
        {
            var path = files.Path(Kind, month.Key);
            using var connection = files.Guard(path, () => files.OpenReader(path, Schema));
            if (connection is null) continue;
            using var command = SqliteFiles.Prepare(
                connection,
                $"SELECT bytes FROM {Table(month.First().Resolution)} WHERE key = $key UNION ALL SELECT bytes FROM chunk_open WHERE resolution = $resolution AND key = $key LIMIT 1",
                "$key", "$resolution");
            foreach (var key in month)
            {
                command.Parameters[0].Value = key.Value;
                command.Parameters[1].Value = (int)key.Resolution;
                if (files.Guard(path, command.ExecuteScalar) is byte[] bytes) yield return (key, bytes);
            }
        }
    }

    public IEnumerable<(ChunkKey Key, byte[] Bytes)> All()
    {
        foreach (var month in files.Months(Kind))
        foreach (var resolution in Enum.GetValues<Resolution>())
        foreach (var place in (string[])[Table(resolution), "chunk_open"])
        {
            for (var page = TryPage(month, resolution, place, long.MinValue); page.Count > 0; page = TryPage(month, resolution, place, page[^1].Key.Value))
                foreach (var chunk in page) yield return chunk;
        }
    }

    /// <summary>What lies behind a page that cannot be read is passed over: the file is said to be damaged, and the next table is read.</summary>
    private List<(ChunkKey Key, byte[] Bytes)> TryPage(int month, Resolution resolution, string place, long after) => files.Try(files.Path(Kind, month), () => Page(month, resolution, place, after), []);

    /// <summary>Page by page: a long reading would keep the journal from being taken in.</summary>
    private List<(ChunkKey Key, byte[] Bytes)> Page(int month, Resolution resolution, string place, long after)
    {
        var page = new List<(ChunkKey, byte[])>();
        using var connection = files.OpenReader(files.Path(Kind, month), Schema);
        if (connection is null) return page;
        var own = place is "chunk_open" ? "resolution = $resolution AND " : "";
        using var command = SqliteFiles.Prepare(connection, $"SELECT key, bytes FROM {place} WHERE {own}key > $after ORDER BY key LIMIT {ChunksAtOnce}", "$after", "$resolution");
        command.Parameters[0].Value = after;
        command.Parameters[1].Value = (int)resolution;
        using var row = command.ExecuteReader();
        while (row.Read()) page.Add((ChunkKey.FromValue(resolution, row.GetInt64(0)), (byte[])row[1]));
        return page;
    }

    public IReadOnlyList<ChunkKey> OpenKeys() => [.. files.Months(Kind).SelectMany(month => files.Try(files.Path(Kind, month), () => OpenKeys(month), []))];

    private List<ChunkKey> OpenKeys(int month)
    {
        var keys = new List<ChunkKey>();
        using var connection = files.OpenReader(files.Path(Kind, month), Schema);
        if (connection is null) return keys;
        using var command = SqliteFiles.Prepare(connection, "SELECT resolution, key FROM chunk_open");
        using var row = command.ExecuteReader();
        while (row.Read()) keys.Add(ChunkKey.FromValue((Resolution)row.GetInt32(0), row.GetInt64(1)));
        return keys;
    }

    public void SetAside(ChunkKey key)
    {
        using var writing = _writing.EnterScope();
        _writes[key.Month] = _writes.GetValueOrDefault(key.Month) + 1;
        var path = files.Path(Kind, key.Month);
        // What cannot even be moved is noted without its bytes: it may be overwritten, and must not be forgotten.
        if (!files.Try(path, () => SqliteDamagedChunks.Move(files.OpenWriter(path, Schema), key), false)) files.Guard(path, () => SqliteDamagedChunks.Note(files.OpenWriter(path, Schema), key));
    }

    public IReadOnlyList<(ChunkKey Key, byte[] Bytes)> Unmended() =>
        [.. files.Months(Kind).Select(month => files.Path(Kind, month)).SelectMany(path => files.Try(path, () => SqliteDamagedChunks.Unmended(files.OpenReader(path, Schema)), []))];

    public void MarkMended(ChunkKey key)
    {
        using var writing = _writing.EnterScope();
        var path = files.Path(Kind, key.Month);
        if (File.Exists(path)) SqliteDamagedChunks.MarkMended(files.OpenWriter(path, Schema), key); // else its month was deleted
    }

    /// <summary>Also one whose file is damaged: whoever reads from it says so.</summary>
    public IReadOnlyList<int> Months(int newest = int.MaxValue) => [.. files.Months(Kind).Where(month => month <= newest && files.Try(files.Path(Kind, month), () => HasChunks(month), true))];

    public IReadOnlyList<int> Stations(int month) => files.Guard(files.Path(Kind, month), () => StationsOf(month));

    private List<int> StationsOf(int month)
    {
        var stations = new List<int>();
        using var connection = files.OpenReader(files.Path(Kind, month), Schema);
        if (connection is null) return stations;
        var tables = Enum.GetValues<Resolution>().Select(Table).Append("chunk_open").Select(table => $"SELECT key & 4294967295 AS station FROM {table}");
        using var command = SqliteFiles.Prepare(connection, string.Join(" UNION ", tables) + " ORDER BY station");
        using var row = command.ExecuteReader();
        while (row.Read()) stations.Add((int)row.GetInt64(0));
        return stations;
    }

    /// <summary>This process is the only one that writes.</summary>
    public string Stamp(int month)
    {
        lock (_writing) return _writes.GetValueOrDefault(month).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public bool Drop(int month, string stamp)
    {
        lock (_writing)
        {
            if (Stamp(month) != stamp) return false;
            var path = files.Path(Kind, month);
            files.Replace(path, Schema, KeepApart);
            lock (_gate)
                if (_codes.TryGetValue(month, out var book)) book.MarkUnstored();
            return true;
        }
    }

    /// <summary>Removes the month with all that is in it.</summary>
    public void Delete(int month)
    {
        lock (_writing)
        {
            files.Remove(files.Path(Kind, month));
            lock (_gate)
                if (_codes.TryGetValue(month, out var book)) book.MarkUnstored();
        }
    }

    /// <summary>Copies what stays into a new file; false when nothing does.</summary>
    private static bool KeepApart(SqliteConnection connection)
    {
        using var command = SqliteFiles.Prepare(
            connection, "INSERT INTO kept.conflict SELECT * FROM main.conflict; INSERT INTO kept.chunk_damaged SELECT * FROM main.chunk_damaged; INSERT INTO kept.chunk_mended SELECT * FROM main.chunk_mended; SELECT EXISTS (SELECT 1 FROM kept.conflict) OR EXISTS (SELECT 1 FROM kept.chunk_damaged)");
        return (long)command.ExecuteScalar()! is 1;
    }

    public IReadOnlyList<Conflict> Conflicts(int? stationNo, DateTime from, DateTime to)
    {
        var conflicts = new List<Conflict>();
        foreach (var month in files.Months(Kind).Where(month => month >= MonthName.Number(from) && month <= MonthName.Number(to)))
        {
            using var connection = files.OpenReader(files.Path(Kind, month), Schema);
            if (connection is null) continue;
            using var command = SqliteFiles.Prepare(
                connection,
                "SELECT at, resolution, factor, quantity, first, second, station FROM conflict WHERE ($station IS NULL OR station = $station) AND at >= $from AND at < $to ORDER BY at",
                "$station", "$from", "$to");
            command.Parameters[0].Value = (object?)stationNo ?? DBNull.Value;
            command.Parameters[1].Value = from.Ticks;
            command.Parameters[2].Value = to.Ticks;
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                var at = new DateTime(row.GetInt64(0));
                _ = FrameId.TryParse(row.GetString(4), out var first) & FrameId.TryParse(row.GetString(5), out var second);
                conflicts.Add(new(ChunkKey.Of((Resolution)row.GetInt32(1), at, row.GetInt32(6)), at, row.GetString(2), row.GetString(3), first, second));
            }
        }

        return conflicts;
    }

    /// <summary>Where closed chunks of a resolution lie.</summary>
    public static string Table(Resolution resolution) => resolution switch
    {
        Resolution.Realtime => "chunk_realtime",
        Resolution.Minute => "chunk_minute",
        Resolution.Hour => "chunk_hour",
        _ => "chunk_day",
    };

    private List<(string, string)> ReadCodes(int month)
    {
        var names = new List<(string, string)>();
        using var connection = files.OpenReader(files.Path(Kind, month), Schema);
        if (connection is null) return names;
        using var command = SqliteFiles.Prepare(connection, "SELECT factor, quantity FROM code ORDER BY id");
        using var row = command.ExecuteReader();
        while (row.Read()) names.Add((row.GetString(0), row.GetString(1)));
        return names;
    }

    /// <summary>Looks for the first row of each table. Chunks lie in the same pages as their keys: naming the stations would read the whole file.</summary>
    private bool HasChunks(int month)
    {
        using var connection = files.OpenReader(files.Path(Kind, month), Schema);
        if (connection is null) return false;
        var tables = Enum.GetValues<Resolution>().Select(Table).Append("chunk_open").Select(table => $"EXISTS (SELECT 1 FROM {table})");
        using var command = SqliteFiles.Prepare(connection, "SELECT " + string.Join(" OR ", tables));
        return command.ExecuteScalar() is 1L;
    }

    private (CodeBook? Book, int Written) WriteCodes(SqliteConnection connection, int month)
    {
        CodeBook? book;
        lock (_gate) _codes.TryGetValue(month, out book);
        if (book is null) return (null, 0);
        var (first, names) = (book.Stored, book.Unstored());
        // One that is there already came with a checkpoint that failed for us only; another name under the number is refused by the key.
        using var command = SqliteFiles.Prepare(
            connection,
            "INSERT INTO code (id, factor, quantity) SELECT $id, $factor, $quantity WHERE NOT EXISTS (SELECT 1 FROM code WHERE id = $id AND factor = $factor AND quantity = $quantity)",
            "$id", "$factor", "$quantity");
        for (var i = 0; i < names.Count; i++)
        {
            command.Parameters[0].Value = first + i;
            command.Parameters[1].Value = names[i].Factor;
            command.Parameters[2].Value = names[i].Quantity;
            command.ExecuteNonQuery();
        }

        return (book, names.Count);
    }

    private static void WriteChunks(SqliteConnection connection, IEnumerable<ChunkWrite> chunks)
    {
        foreach (var resolution in chunks.GroupBy(chunk => chunk.Key.Resolution))
        {
            using var close = new SqliteRows(connection, $"INSERT OR REPLACE INTO {Table(resolution.Key)} (key, bytes) VALUES (?, ?)");
            using var keep = new SqliteRows(connection, "INSERT OR REPLACE INTO chunk_open (key, bytes, resolution) VALUES (?, ?, ?)");
            using var leave = new SqliteRows(connection, "DELETE FROM chunk_open WHERE key = ? AND resolution = ?");
            keep.Bind(3, (int)resolution.Key);
            leave.Bind(2, (int)resolution.Key);
            foreach (var chunk in resolution.OrderBy(chunk => chunk.Key.Value))
            {
                var write = chunk.Closed ? close : keep;
                write.Bind(1, chunk.Key.Value);
                write.Bind(2, chunk.Bytes);
                write.Write();
                if (!chunk.Closed) continue;
                leave.Bind(1, chunk.Key.Value);
                leave.Write();
            }
        }
    }

    private static void WriteConflicts(SqliteConnection connection, IEnumerable<Conflict> conflicts)
    {
        using var command = SqliteFiles.Prepare(
            connection,
            "INSERT OR IGNORE INTO conflict (station, at, resolution, factor, quantity, first, second) VALUES ($station, $at, $resolution, $factor, $quantity, $first, $second)",
            "$station", "$at", "$resolution", "$factor", "$quantity", "$first", "$second");
        foreach (var conflict in conflicts)
        {
            ReadOnlySpan<object> values =
            [
                conflict.Chunk.StationNo, conflict.At.Ticks, (int)conflict.Chunk.Resolution, conflict.Factor, conflict.Quantity,
                conflict.First.ToString(), conflict.Second.ToString(),
            ];
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
            command.ExecuteNonQuery();
        }
    }
}
