using Microsoft.Data.Sqlite;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary>
/// <c>frame-index-YYYY-MM.db</c> by received month. A file of its own, so that writing it never makes the committer wait. An entry grows by appending;
/// an entry added twice after a crash is read once.
/// </summary>
internal sealed class SqliteFrameIndexStore(SqliteFiles files, IMarkStore marks) : IFrameIndexStore
{
    private const string Kind = "frame-index";

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS frame_hour (hour INTEGER PRIMARY KEY, batches BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS frame_index (hour INTEGER NOT NULL, mn TEXT NOT NULL, batches BLOB NOT NULL, PRIMARY KEY (hour, mn)) STRICT, WITHOUT ROWID;
        """;

    public long IndexedThrough => marks.Read(IMarkStore.Indexed);

    public void Add(
        IReadOnlyCollection<KeyValuePair<int, List<BatchSpan>>> hours, IReadOnlyCollection<KeyValuePair<(int Hour, string Mn), List<long>>> stations, long indexedThrough)
    {
        foreach (var month in hours.GroupBy(entry => MonthOf(entry.Key)))
        {
            using var connection = files.OpenWriter(files.Path(Kind, month.Key), Schema);
            using var transaction = connection.BeginTransaction();
            AddHours(connection, month);
            AddStations(connection, stations.Where(entry => MonthOf(entry.Key.Hour) == month.Key));
            transaction.Commit();
        }

        marks.Write(IMarkStore.Indexed, indexedThrough);
    }

    public IReadOnlyList<int> Hours(int from, int to)
    {
        var hours = new List<int>();
        foreach (var month in files.Months(Kind))
        {
            using var connection = files.OpenReader(files.Path(Kind, month), Schema);
            if (connection is null) continue;
            using var command = SqliteFiles.Prepare(connection, "SELECT hour FROM frame_hour WHERE hour BETWEEN $from AND $to ORDER BY hour", "$from", "$to");
            command.Parameters[0].Value = from;
            command.Parameters[1].Value = to;
            using var row = command.ExecuteReader();
            while (row.Read()) hours.Add(row.GetInt32(0));
        }

        return hours;
    }

    public IReadOnlyList<BatchSpan> Batches(int hour) => IndexBlobs.Hour(hour, Blob(hour, null));

    public IReadOnlyList<long> Batches(int hour, string mn) => IndexBlobs.Station(Blob(hour, mn));

    private byte[]? Blob(int hour, string? mn)
    {
        using var connection = files.OpenReader(files.Path(Kind, MonthOf(hour)), Schema);
        if (connection is null) return null;
        using var command = mn is null
            ? SqliteFiles.Prepare(connection, "SELECT batches FROM frame_hour WHERE hour = $hour", "$hour")
            : SqliteFiles.Prepare(connection, "SELECT batches FROM frame_index WHERE hour = $hour AND mn = $mn", "$hour", "$mn");
        command.Parameters[0].Value = hour;
        if (mn is not null) command.Parameters[1].Value = mn;
        return command.ExecuteScalar() as byte[];
    }

    private static void AddHours(SqliteConnection connection, IEnumerable<KeyValuePair<int, List<BatchSpan>>> hours)
    {
        using var command = SqliteFiles.Prepare(
            connection, "INSERT INTO frame_hour (hour, batches) VALUES ($hour, $batches) ON CONFLICT DO UPDATE SET batches = CAST(batches || excluded.batches AS BLOB)", "$hour", "$batches");
        foreach (var (hour, spans) in hours)
        {
            command.Parameters[0].Value = hour;
            command.Parameters[1].Value = IndexBlobs.OfHour(hour, spans);
            command.ExecuteNonQuery();
        }
    }

    private static void AddStations(SqliteConnection connection, IEnumerable<KeyValuePair<(int Hour, string Mn), List<long>>> stations)
    {
        using var command = SqliteFiles.Prepare(
            connection,
            "INSERT INTO frame_index (hour, mn, batches) VALUES ($hour, $mn, $batches) ON CONFLICT DO UPDATE SET batches = CAST(batches || excluded.batches AS BLOB)",
            "$hour", "$mn", "$batches");
        foreach (var ((hour, mn), batches) in stations)
        {
            command.Parameters[0].Value = hour;
            command.Parameters[1].Value = mn;
            command.Parameters[2].Value = IndexBlobs.OfStation(batches);
            command.ExecuteNonQuery();
        }
    }

    private static int MonthOf(int hour) => Micros.Month(hour * Micros.PerHour);
}
