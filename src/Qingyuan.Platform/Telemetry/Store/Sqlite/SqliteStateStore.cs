using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary><c>state.db</c>: how far things have come, and the newest values. Losing it costs a replay, never a frame or a value.</summary>
internal sealed class SqliteStateStore(SqliteFiles files) : IMarkStore, ILatestStore
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS latest_station (station INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
        """;

    private bool? _hasEarlier;

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

    public void Write(IReadOnlyCollection<(int StationNo, byte[] Content)> stations)
    {
        if (stations.Count == 0) return;
        using var connection = files.OpenWriter(files.Path("state"), Schema);
        using var transaction = connection.BeginTransaction();
        using var rows = new SqliteRows(connection, "INSERT OR REPLACE INTO latest_station (station, content) VALUES (?, ?)");
        foreach (var (station, content) in stations.OrderBy(each => each.StationNo)) // in the order of the key
        {
            rows.Bind(1, station);
            rows.Bind(2, content);
            rows.Write();
        }

        transaction.Commit();
    }

    public IReadOnlyList<LatestValue> Read(int stationNo)
    {
        using var connection = files.OpenReader(files.Path("state"), Schema);
        if (connection is null) return [];
        using var command = SqliteFiles.Prepare(connection, "SELECT content FROM latest_station WHERE station = $station", "$station");
        command.Parameters[0].Value = stationNo;
        IReadOnlyList<LatestValue> values = command.ExecuteScalar() is byte[] content ? LatestContent.Read(content) : [];
        return HasEarlier(connection) ? [.. values, .. Earlier(connection, stationNo)] : values;
    }

    /// <summary>Every mark by its name.</summary>
    public IReadOnlyList<(string Name, long Value)> Marks()
    {
        var marks = new List<(string, long)>();
        using var connection = files.OpenReader(files.Path("state"), Schema);
        if (connection is null) return marks;
        using var command = SqliteFiles.Prepare(connection, "SELECT name, value FROM mark");
        using var row = command.ExecuteReader();
        while (row.Read()) marks.Add((row.GetString(0), row.GetInt64(1)));
        return marks;
    }

    public IReadOnlyList<int> Stations()
    {
        var stations = new List<int>();
        using var connection = files.OpenReader(files.Path("state"), Schema);
        if (connection is null) return stations;
        using var command = SqliteFiles.Prepare(connection, "SELECT station FROM latest_station" + (HasEarlier(connection) ? " UNION SELECT station FROM latest" : ""));
        using var row = command.ExecuteReader();
        while (row.Read()) stations.Add(row.GetInt32(0));
        return stations;
    }

    /// <summary>Whether a release was here that kept a row a value.</summary>
    private bool HasEarlier(SqliteConnection connection)
    {
        if (_hasEarlier is { } known) return known;
        using var command = SqliteFiles.Prepare(connection, "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'latest')");
        return (_hasEarlier = command.ExecuteScalar() is 1L).Value;
    }

    private static List<LatestValue> Earlier(SqliteConnection connection, int stationNo)
    {
        var values = new List<LatestValue>();
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
