using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary>The slice's database files: 16 KiB pages, write-ahead log, every commit synced. One file per kind and month.</summary>
/// <param name="folder">The <c>telemetry</c> folder of the data directory.</param>
/// <param name="onOpen">Further statements for each connection; tests make the engine itself run out of space with it.</param>
internal sealed class SqliteFiles(string folder, Func<string>? onOpen = null)
{
    private const int UsualBusySeconds = 30;

    private const int CannotOpen = 14; // SQLITE_CANTOPEN

    private const int Corrupt = 11; // SQLITE_CORRUPT
    private const int NoDatabase = 26; // SQLITE_NOTADB

    private readonly ConcurrentDictionary<string, bool> _complete = new(StringComparer.Ordinal);

    public string Folder { get; } = folder;

    /// <summary>Seconds for which a writer waits while somebody else has the file's lock.</summary>
    public int BusySeconds { get; init; } = UsualBusySeconds;

    /// <summary>Those that were met.</summary>
    public DamagedFiles Damaged { get; } = new();

    /// <summary>Whether the file itself is damaged: that does not pass.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is Corrupt or NoDatabase;

    /// <summary>Says which file it was when the engine cannot read it.</summary>
    /// <exception cref="StoreFileException">It is damaged.</exception>
    public T Guard<T>(string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            Damaged.Say(path, error.Message);
            throw new StoreFileException(System.IO.Path.GetFileName(path), error);
        }
    }

    /// <summary>The same for who goes on without it.</summary>
    /// <returns><paramref name="otherwise"/> when it is damaged.</returns>
    public T Try<T>(string path, Func<T> act, T otherwise)
    {
        try
        {
            return act();
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            Damaged.Say(path, error.Message);
            return otherwise;
        }
    }

    /// <summary>Statements that make a table one that only grows, whoever asks: the engine itself refuses.</summary>
    public static string InsertOnly(string table) => $"""
        CREATE TRIGGER IF NOT EXISTS {table}_kept_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END;
        CREATE TRIGGER IF NOT EXISTS {table}_kept_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END;
        """;

    public string Path(string kind, int month) =>
        System.IO.Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{kind}-{month / 12:0000}-{(month % 12) + 1:00}.db"));

    public string Path(string name) => System.IO.Path.Combine(Folder, name + ".db");

    /// <summary>The months of a kind that have a file, ascending.</summary>
    public IReadOnlyList<int> Months(string kind)
    {
        var months = new List<int>();
        if (!Directory.Exists(Folder)) return months;
        foreach (var file in Directory.EnumerateFiles(Folder, kind + "-*.db"))
        {
            var stamp = System.IO.Path.GetFileNameWithoutExtension(file)[(kind.Length + 1)..];
            if (DateTime.TryParseExact(stamp, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
                months.Add(MonthName.Number(month));
        }

        months.Sort();
        return months;
    }

    /// <summary>Opens a file for its one writer; makes it when it is not there.</summary>
    public SqliteConnection OpenWriter(string path, string schema)
    {
        Directory.CreateDirectory(Folder);
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate, pooling: false, BusySeconds));
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            Execute(connection, schema);
            if (onOpen?.Invoke() is { Length: > 0 } further) Execute(connection, further);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection for reading a file that is there, whatever tables it has.</summary>
    public static SqliteConnection OpenAsItIs(string path)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWrite, pooling: false));
        connection.Open();
        return connection;
    }

    /// <summary>A pooled connection for reading, null when there is no such file.</summary>
    public SqliteConnection? OpenReader(string path, string schema)
    {
        if (!File.Exists(path)) return null;
        if (!_complete.ContainsKey(path))
        {
            // Whoever made the file may have been killed before its tables were there.
            using (OpenWriter(path, schema)) _complete[path] = true;
        }

        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWrite, pooling: true));
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            // Its month left between the look and the opening.
            if (error.SqliteErrorCode is CannotOpen && !File.Exists(path)) return null;
            throw;
        }
    }

    /// <summary>Removes a file, or puts a smaller one in its place: a whole month leaves. Readers that have it open keep the old one until they close it.</summary>
    /// <param name="path">The file; its one writer holds back meanwhile.</param>
    /// <param name="schema">Of both.</param>
    /// <param name="keep">Copies what stays into the schema <c>kept</c>; false when nothing does.</param>
    public void Replace(string path, string schema, Func<SqliteConnection, bool> keep)
    {
        if (!File.Exists(path)) return;
        var fresh = path + ".kept.tmp";
        Remove(fresh);
        bool isKept;
        using (OpenWriter(fresh, schema))
        using (var connection = OpenWriter(path, schema))
        {
            using (var attach = Prepare(connection, "ATTACH $fresh AS kept", "$fresh"))
            {
                attach.Parameters[0].Value = fresh;
                attach.ExecuteNonQuery();
            }

            isKept = keep(connection);
            Execute(connection, "DETACH kept");
        }

        TakeIn(path);
        _complete.TryRemove(path, out _);
        if (isKept) using (var connection = OpenWriter(fresh, schema)) Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
        // Its journal first: beside another file it would be taken for that one's.
        foreach (var ending in (string[])["-wal", "-shm"]) File.Delete(path + ending);
        if (isKept) File.Move(fresh, path, overwrite: true);
        else File.Delete(path);
        Remove(fresh);
    }

    /// <summary>Takes a file's journal into it, so that the file alone is all of it.</summary>
    public static void TakeIn(string path)
    {
        if (!File.Exists(path)) return;
        using (var reader = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWrite, pooling: true))) SqliteConnection.ClearPool(reader);
        using var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWrite, pooling: false));
        connection.Open();
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Removes a file with its journal: a whole month goes.</summary>
    public void Remove(string path)
    {
        TakeIn(path);
        _complete.TryRemove(path, out _);
        foreach (var ending in (string[])["-wal", "-shm", "-journal", ""]) File.Delete(path + ending);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // fixed statements of this slice only
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // fixed statements of this slice only
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters) command.Parameters.Add(new() { ParameterName = parameter });
        return command;
    }

    private static string ConnectionString(string path, SqliteOpenMode mode, bool pooling, int busySeconds = UsualBusySeconds) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = pooling, DefaultTimeout = busySeconds }.ToString();
}
