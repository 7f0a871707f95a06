using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.mark</c> and <c>telemetry.latest</c>. Losing them costs a replay, never a frame or a value.</summary>
internal sealed class PostgresStateStore(PostgresTables tables) : IMarkStore, ILatestStore
{
    public const string WriteMark = "INSERT INTO telemetry.mark (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private const string WriteLatest = """
        INSERT INTO telemetry.latest (station, factor, quantity, value, flag, sampled, received, frame)
        SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[])
        ON CONFLICT (station, factor, quantity) DO UPDATE SET value = excluded.value, flag = excluded.flag, sampled = excluded.sampled, received = excluded.received, frame = excluded.frame
        """;

    /// <summary>Values of one statement: arrays, because a statement a value takes longer than all that follows.</summary>
    private const int ValuesAtOnce = 10_000;

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
        foreach (var part in stations.SelectMany(station => station.Values, (station, value) => (station.StationNo, Value: value)).Chunk(ValuesAtOnce))
        {
            using var command = PostgresTables.Command(
                connection, WriteLatest,
                Each(part, each => each.StationNo), Each(part, each => each.Value.Factor), Each(part, each => each.Value.Quantity), Each(part, each => each.Value.Text), Each(part, each => each.Value.Flag),
                Each(part, each => each.Value.SampledAt.Ticks), Each(part, each => Micros.Of(each.Value.ReceivedAt)), Each(part, each => each.Value.Frame.ToString()));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static T[] Each<T>((int StationNo, LatestValue Value)[] part, Converter<(int StationNo, LatestValue Value), T> column) => Array.ConvertAll(part, column);

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
