using System.Globalization;
using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Shared;
using SQLitePCL;

namespace Qingyuan.Platform.Backup.Taking;

/// <summary>Copies a database that others write, by the engine's own online backup: one moment of it, and no writer waits.</summary>
internal static class SqliteCopy
{
    private const int PagesAtOnce = 256;

    /// <summary>Writes the copy to <paramref name="to"/>, without journal files beside it. It is cut into blocks and deleted, so it is not synced.</summary>
    /// <param name="from">The database.</param>
    /// <param name="to">Its copy.</param>
    /// <param name="require">Called before so many bytes are written; throws when there is no room for them.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="SqliteException">The engine refused.</exception>
    public static void Make(string from, string to, Action<long> require, Pace pace, CancellationToken ct)
    {
        using var source = Open(from, SqliteOpenMode.ReadWrite);
        using var copy = Open(to, SqliteOpenMode.ReadWriteCreate);
        Execute(copy, "PRAGMA synchronous = OFF");
        // One snapshot for all steps: without it the copy would begin again whenever somebody writes.
        using var snapshot = source.BeginTransaction(deferred: true);
        Execute(source, "SELECT count(*) FROM sqlite_schema");
        var pageBytes = Convert.ToInt64(Scalar(source, "PRAGMA page_size"), CultureInfo.InvariantCulture);
        using var backup = raw.sqlite3_backup_init(copy.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid) SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(copy.Handle), copy.Handle);
        int done;
        do
        {
            require(PagesAtOnce * pageBytes);
            done = raw.sqlite3_backup_step(backup, PagesAtOnce);
            if (done is not (raw.SQLITE_OK or raw.SQLITE_DONE)) SqliteException.ThrowExceptionForRC(done, copy.Handle);
            pace.After(PagesAtOnce * pageBytes, ct);
        }
        while (done is not raw.SQLITE_DONE);
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

    private static void Execute(SqliteConnection connection, string sql) => _ = Scalar(connection, sql);

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // fixed statements of this class only
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 60 }.ToString());
        connection.Open();
        return connection;
    }
}
