using Microsoft.Data.Sqlite;

namespace Qingyuan.Platform.Backup.Taking;

/// <summary>Copies a database that others write, by the engine's own online backup: one moment of it, and no writer waits.</summary>
internal static class SqliteCopy
{
    /// <summary>Writes the copy to <paramref name="to"/>, without journal files beside it.</summary>
    public static void Make(string from, string to)
    {
        using var source = Open(from, SqliteOpenMode.ReadWrite);
        using var copy = Open(to, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(copy);
    }

    /// <summary>Rows of each table.</summary>
    public static IReadOnlyDictionary<string, long> Rows(string path)
    {
        using var database = Open(path, SqliteOpenMode.ReadWrite);
        using var names = database.CreateCommand();
        names.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        var tables = new List<string>();
        using (var row = names.ExecuteReader())
            while (row.Read()) tables.Add(row.GetString(0));
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            using var count = database.CreateCommand();
#pragma warning disable CA2100 // a name the database itself gave
            count.CommandText = $"SELECT count(*) FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
#pragma warning restore CA2100
            rows[table] = (long)count.ExecuteScalar()!;
        }

        return rows;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 60 }.ToString());
        connection.Open();
        return connection;
    }
}
