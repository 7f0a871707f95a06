using Npgsql;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.frame_hour</c> and <c>telemetry.frame_index</c>; the entries and the mark of how far they reach are written together.</summary>
internal sealed class PostgresFrameIndexStore(PostgresTables tables, IMarkStore marks) : IFrameIndexStore
{
    private const string AddHour = "INSERT INTO telemetry.frame_hour AS t (month, hour, batches) VALUES ($1, $2, $3) ON CONFLICT (hour, month) DO UPDATE SET batches = t.batches || excluded.batches";
    private const string AddStation = "INSERT INTO telemetry.frame_index AS t (month, hour, mn, batches) VALUES ($1, $2, $3, $4) ON CONFLICT (hour, mn, month) DO UPDATE SET batches = t.batches || excluded.batches";

    public long IndexedThrough => marks.Read(IMarkStore.Indexed);

    public void Add(
        IReadOnlyCollection<KeyValuePair<int, List<BatchSpan>>> hours, IReadOnlyCollection<KeyValuePair<(int Hour, string Mn), List<long>>> stations, long indexedThrough)
    {
        using var connection = tables.Open();
        foreach (var month in hours.Select(entry => MonthOf(entry.Key)).Distinct())
        {
            tables.RequireMonth(connection, "frame_hour", month);
            tables.RequireMonth(connection, "frame_index", month);
        }

        using var transaction = connection.BeginTransaction();
        using var all = new NpgsqlBatch(connection, transaction);
        foreach (var (hour, spans) in hours) PostgresTables.Queue(all, AddHour, MonthOf(hour), hour, IndexBlobs.OfHour(hour, spans));
        foreach (var ((hour, mn), batches) in stations) PostgresTables.Queue(all, AddStation, MonthOf(hour), hour, mn, IndexBlobs.OfStation(batches));
        PostgresTables.Queue(all, PostgresStateStore.WriteMark, IMarkStore.Indexed, indexedThrough);
        all.ExecuteNonQuery();
        transaction.Commit();
    }

    public IReadOnlyList<int> Hours(int from, int to)
    {
        var hours = new List<int>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT hour FROM telemetry.frame_hour WHERE hour BETWEEN $1 AND $2 ORDER BY hour", from, to);
        using var row = command.ExecuteReader();
        while (row.Read()) hours.Add(row.GetInt32(0));
        return hours;
    }

    public IReadOnlyList<BatchSpan> Batches(int hour) => IndexBlobs.Hour(hour, Blob("SELECT batches FROM telemetry.frame_hour WHERE month = $1 AND hour = $2", MonthOf(hour), hour));

    public IReadOnlyList<long> Batches(int hour, string mn) => IndexBlobs.Station(Blob("SELECT batches FROM telemetry.frame_index WHERE month = $1 AND hour = $2 AND mn = $3", MonthOf(hour), hour, mn));

    private byte[]? Blob(string sql, params ReadOnlySpan<object?> parameters)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, sql, parameters);
        return command.ExecuteScalar() as byte[];
    }

    private static int MonthOf(int hour) => Micros.Month(hour * Micros.PerHour);
}
