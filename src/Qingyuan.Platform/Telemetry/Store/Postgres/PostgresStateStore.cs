using Npgsql;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.mark</c> and <c>telemetry.latest_station</c>. Losing them costs a replay, never a frame or a value.</summary>
internal sealed class PostgresStateStore(PostgresTables tables) : IMarkStore, ILatestStore
{
    public const string WriteMark = "INSERT INTO telemetry.mark (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private const string WriteLatest = """
        INSERT INTO telemetry.latest_station (station, content) SELECT * FROM unnest($1::int[], $2::bytea[])
        ON CONFLICT (station) DO UPDATE SET content = excluded.content
        """;

    /// <summary>Stations of one statement: arrays, because a statement a station takes longer than all that follows.</summary>
    private const int StationsAtOnce = 10_000;

    private bool? _hasEarlier;

    public long Read(string name)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT value FROM telemetry.mark WHERE name = $1", name);
        return command.ExecuteScalar() as long? ?? 0;
    }

    public void Write(string name, long value)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, WriteMark, name, value);
        command.ExecuteNonQuery();
    }

    public void Write(IReadOnlyCollection<(int StationNo, byte[] Content)> stations)
    {
        if (stations.Count == 0) return;
        using var connection = tables.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var part in stations.Chunk(StationsAtOnce))
        {
            using var command = PostgresTables.Command(connection, WriteLatest, Array.ConvertAll(part, each => each.StationNo), Array.ConvertAll(part, each => each.Content));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public IReadOnlyList<LatestValue> Read(int stationNo)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT content FROM telemetry.latest_station WHERE station = $1", stationNo);
        IReadOnlyList<LatestValue> values = command.ExecuteScalar() is byte[] content ? LatestContent.Read(content) : [];
        return HasEarlier(connection) ? [.. values, .. Earlier(connection, stationNo)] : values;
    }

    public IReadOnlyList<int> Stations()
    {
        var stations = new List<int>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT station FROM telemetry.latest_station" + (HasEarlier(connection) ? " UNION SELECT station FROM telemetry.latest" : ""));
        using var row = command.ExecuteReader();
        while (row.Read()) stations.Add(row.GetInt32(0));
        return stations;
    }

    /// <summary>Whether a release was here that kept a row a value.</summary>
    private bool HasEarlier(NpgsqlConnection connection)
    {
        if (_hasEarlier is { } known) return known;
        using var command = PostgresTables.Command(connection, "SELECT to_regclass('telemetry.latest') IS NOT NULL");
        return (_hasEarlier = command.ExecuteScalar() is true).Value;
    }

    private static List<LatestValue> Earlier(NpgsqlConnection connection, int stationNo)
    {
        var values = new List<LatestValue>();
        using var command = PostgresTables.Command(connection, "SELECT factor, quantity, value, flag, sampled, received, frame FROM telemetry.latest WHERE station = $1", stationNo);
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
