using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary>The list of damaged chunks of a month's file: <c>chunk_damaged</c> keeps their bytes, <c>chunk_mended</c> crosses out. Each takes a connection and closes it.</summary>
internal static class SqliteDamagedChunks
{
    /// <summary>From where it lies into the list.</summary>
    public static bool Move(SqliteConnection writer, ChunkKey key)
    {
        using var connection = writer;
        using var transaction = connection.BeginTransaction();
        foreach (var (table, where) in new[] { (SqliteChunkStore.Table(key.Resolution), ""), ("chunk_open", " AND resolution = $resolution") })
            Execute(connection, $"INSERT INTO chunk_damaged SELECT $resolution, key, bytes FROM {table} WHERE key = $key{where}; DELETE FROM {table} WHERE key = $key{where}", key);
        Unmark(connection, key);
        transaction.Commit();
        return true;
    }

    /// <summary>Into the list without its bytes.</summary>
    public static bool Note(SqliteConnection writer, ChunkKey key)
    {
        using var connection = writer;
        using var transaction = connection.BeginTransaction();
        Execute(connection, "INSERT INTO chunk_damaged SELECT $resolution, $key, x'' WHERE NOT EXISTS (SELECT 1 FROM chunk_damaged WHERE resolution = $resolution AND key = $key AND length(bytes) = 0)", key);
        Unmark(connection, key);
        transaction.Commit();
        return true;
    }

    /// <summary>Crosses it out, when it is in the list.</summary>
    public static void MarkMended(SqliteConnection writer, ChunkKey key)
    {
        using var connection = writer;
        Execute(connection, "INSERT OR IGNORE INTO chunk_mended (resolution, key) SELECT resolution, key FROM chunk_damaged WHERE resolution = $resolution AND key = $key", key);
    }

    /// <param name="reader">Null when there is no such file.</param>
    public static List<(ChunkKey Key, byte[] Bytes)> Unmended(SqliteConnection? reader)
    {
        var chunks = new List<(ChunkKey, byte[])>();
        using var connection = reader;
        if (connection is null) return chunks;
        using var command = SqliteFiles.Prepare(connection, "SELECT resolution, key, bytes FROM chunk_damaged WHERE (resolution, key) NOT IN (SELECT resolution, key FROM chunk_mended) ORDER BY resolution, key");
        using var row = command.ExecuteReader();
        while (row.Read()) chunks.Add((ChunkKey.FromValue((Resolution)row.GetInt32(0), row.GetInt64(1)), (byte[])row[2]));
        return chunks;
    }

    /// <summary>Mended once and damaged again.</summary>
    private static void Unmark(SqliteConnection connection, ChunkKey key) => Execute(connection, "DELETE FROM chunk_mended WHERE resolution = $resolution AND key = $key", key);

    private static void Execute(SqliteConnection connection, string sql, ChunkKey key)
    {
        using var command = SqliteFiles.Prepare(connection, sql, "$resolution", "$key");
        command.Parameters[0].Value = (int)key.Resolution;
        command.Parameters[1].Value = key.Value;
        command.ExecuteNonQuery();
    }
}
