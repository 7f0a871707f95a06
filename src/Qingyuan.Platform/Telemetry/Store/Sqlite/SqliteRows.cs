using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary>One statement for hundreds of thousands of rows. A command looks its parameters up by name for each row, which costs four times what the row does; here they are bound by number.</summary>
internal sealed class SqliteRows : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    /// <param name="connection">Open, in a transaction.</param>
    /// <param name="sql">With <c>?</c> for each value.</param>
    public SqliteRows(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <param name="at">From 1.</param>
    /// <param name="text">Null for none.</param>
    public void Bind(int at, string? text) => Check(text is null ? raw.sqlite3_bind_null(_statement, at) : raw.sqlite3_bind_text(_statement, at, text));

    public void Bind(int at, ReadOnlySpan<byte> bytes) => Check(raw.sqlite3_bind_blob(_statement, at, bytes));

    public void Bind(int at, long number) => Check(raw.sqlite3_bind_int64(_statement, at, number));

    /// <summary>Runs it with what is bound.</summary>
    /// <exception cref="SqliteException">As a command throws it.</exception>
    public void Write()
    {
        var done = raw.sqlite3_step(_statement);
        var reset = raw.sqlite3_reset(_statement);
        if (done is not raw.SQLITE_DONE) Check(reset is raw.SQLITE_OK ? done : reset);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection.Handle);
}
