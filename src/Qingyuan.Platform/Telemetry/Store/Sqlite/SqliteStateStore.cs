namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary><c>state.db</c>: how far things have come. Losing it costs a replay, never a frame or a value.</summary>
internal sealed class SqliteStateStore(SqliteFiles files) : IMarkStore
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """;

    public long Read(string name)
    {
        using var connection = files.OpenWriter(files.Path("state"), Schema);
        using var command = SqliteFiles.Prepare(connection, "SELECT value FROM mark WHERE name = $name", "$name");
        command.Parameters[0].Value = name;
        return command.ExecuteScalar() as long? ?? 0;
    }

    public void Write(string name, long value)
    {
        using var connection = files.OpenWriter(files.Path("state"), Schema);
        using var command = SqliteFiles.Prepare(connection, "INSERT INTO mark (name, value) VALUES ($name, $value) ON CONFLICT DO UPDATE SET value = excluded.value", "$name", "$value");
        command.Parameters[0].Value = name;
        command.Parameters[1].Value = value;
        command.ExecuteNonQuery();
    }
}
