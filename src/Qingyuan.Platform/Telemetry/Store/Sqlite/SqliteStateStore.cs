using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary><c>state.db</c>: how far things have come, and the newest values. Losing it costs a replay, never a frame or a value.</summary>
internal sealed class SqliteStateStore(SqliteFiles files) : IMarkStore, ILatestStore
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS latest (
            station INTEGER NOT NULL, factor TEXT NOT NULL, quantity TEXT NOT NULL, value TEXT NOT NULL, flag TEXT, sampled INTEGER NOT NULL, received INTEGER NOT NULL,
            frame TEXT NOT NULL, PRIMARY KEY (station, factor, quantity)) STRICT, WITHOUT ROWID;
        """;

    public long Read(string name)
    {
        using var connection = files.OpenReader(files.Path("state"), Schema);
        if (connection is null) return 0;
        using var command = SqliteFiles.Prepare(connection, "SELECT value FROM mark WHERE name = $name", "$name");
        command.Parameters[0].Value = name;
        return command.ExecuteScalar() as long? ?? 0;
    }

    public void Write(string name, long value)
    {
        using var connection = files.OpenWriter(files.Path("state"), Schema);
        using var command = SqliteFiles.Prepare(
            connection, "INSERT INTO mark (name, value) VALUES ($name, $value) ON CONFLICT DO UPDATE SET value = excluded.value", "$name", "$value");
        command.Parameters[0].Value = name;
        command.Parameters[1].Value = value;
        command.ExecuteNonQuery();
    }

    public void Write(IReadOnlyCollection<(int StationNo, IReadOnlyCollection<LatestValue> Values)> stations)
    {
        if (stations.Count == 0) return;
        using var connection = files.OpenWriter(files.Path("state"), Schema);
        using var transaction = connection.BeginTransaction();
        using var rows = new SqliteRows(connection, "INSERT OR REPLACE INTO latest (station, factor, quantity, value, flag, sampled, received, frame) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        foreach (var (station, values) in stations.OrderBy(each => each.StationNo)) // in the order of the key
        {
            rows.Bind(1, station);
            foreach (var value in values)
            {
                rows.Bind(2, value.Factor);
                rows.Bind(3, value.Quantity);
                rows.Bind(4, value.Text);
                rows.Bind(5, value.Flag);
                rows.Bind(6, value.SampledAt.Ticks);
                rows.Bind(7, Micros.Of(value.ReceivedAt));
                rows.Bind(8, value.Frame.ToString());
                rows.Write();
            }
        }

        transaction.Commit();
    }

    public IReadOnlyList<LatestValue> Read(int stationNo)
    {
        var values = new List<LatestValue>();
        using var connection = files.OpenReader(files.Path("state"), Schema);
        if (connection is null) return values;
        using var command = SqliteFiles.Prepare(connection, "SELECT factor, quantity, value, flag, sampled, received, frame FROM latest WHERE station = $station", "$station");
        command.Parameters[0].Value = stationNo;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            _ = FrameId.TryParse(row.GetString(6), out var frame);
            values.Add(new(
                row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), new(row.GetInt64(4)), Micros.Instant(row.GetInt64(5)), frame));
        }

        return values;
    }
}
