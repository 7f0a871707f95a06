using Npgsql;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.mark</c> and <c>telemetry.latest</c>. Losing them costs a replay, never a frame or a value.</summary>
internal sealed class PostgresStateStore(PostgresTables tables) : IMarkStore, ILatestStore
{
    public const string WriteMark = "INSERT INTO telemetry.mark (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private const string WriteLatest = """
        INSERT INTO telemetry.latest (station, factor, quantity, value, flag, sampled, received, frame) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (station, factor, quantity) DO UPDATE SET value = excluded.value, flag = excluded.flag, sampled = excluded.sampled, received = excluded.received, frame = excluded.frame
        """;

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

    public void Write(IReadOnlyCollection<(int StationNo, IReadOnlyCollection<LatestValue> Values)> stations)
    {
        if (stations.Count == 0) return;
        using var connection = tables.Open();
        using var transaction = connection.BeginTransaction();
        using var all = new NpgsqlBatch(connection, transaction);
        foreach (var (station, values) in stations)
        foreach (var value in values)
            PostgresTables.Queue(all, WriteLatest, station, value.Factor, value.Quantity, value.Text, value.Flag, value.SampledAt.Ticks, Micros.Of(value.ReceivedAt), value.Frame.ToString());
        if (all.BatchCommands.Count > 0) all.ExecuteNonQuery();
        transaction.Commit();
    }

    public IReadOnlyList<LatestValue> Read(int stationNo)
    {
        var values = new List<LatestValue>();
        using var connection = tables.Open();
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
