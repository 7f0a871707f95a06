using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary><c>derived-YYYY-MM.db</c> by the period's month. Apart from the measured chunks, which are written by frames only.</summary>
internal sealed class SqliteDerivedRowStore(SqliteFiles files) : IDerivedRowStore
{
    private const string Kind = "derived";

    internal static readonly string Schema = """
        CREATE TABLE IF NOT EXISTS derived (
            station INTEGER NOT NULL, resolution INTEGER NOT NULL, start INTEGER NOT NULL, revision INTEGER NOT NULL, made INTEGER NOT NULL, content BLOB NOT NULL,
            PRIMARY KEY (station, resolution, start, revision)) STRICT;
        """ + SqliteFiles.InsertOnly("derived");

    public bool Add(int stationNo, Resolution resolution, DateTime start, long madeMicros, byte[] values, Func<byte[]?, bool> differs)
    {
        using var connection = files.OpenWriter(files.Path(Kind, MonthOf(start)), Schema);
        using var transaction = connection.BeginTransaction(deferred: false);
        var (revision, newest) = Newest(connection, stationNo, resolution, start);
        if (!differs(newest)) return false;
        using var command = SqliteFiles.Prepare(
            connection,
            "INSERT INTO derived (station, resolution, start, revision, made, content) VALUES ($station, $resolution, $start, $revision, $made, $content)",
            "$station", "$resolution", "$start", "$revision", "$made", "$content");
        ReadOnlySpan<object> parameters = [stationNo, (int)resolution, start.Ticks, revision + 1, madeMicros, values];
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i];
        command.ExecuteNonQuery();
        transaction.Commit();
        return true;
    }

    public IReadOnlyList<(DateTime Start, byte[] Values)> Read(int stationNo, Resolution resolution, DateTime from, DateTime to)
    {
        var periods = new List<(DateTime, byte[])>();
        foreach (var month in files.Months(Kind).Where(month => month >= MonthOf(from) && month <= MonthOf(to)))
        {
            using var connection = files.OpenReader(files.Path(Kind, month), Schema);
            if (connection is null) continue;
            using var command = SqliteFiles.Prepare(
                connection,
                """
                SELECT start, content FROM derived AS d WHERE station = $station AND resolution = $resolution AND start >= $from AND start < $to
                AND revision = (SELECT max(revision) FROM derived WHERE station = d.station AND resolution = d.resolution AND start = d.start) ORDER BY start
                """,
                "$station", "$resolution", "$from", "$to");
            ReadOnlySpan<object> parameters = [stationNo, (int)resolution, from.Ticks, to.Ticks];
            for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i];
            using var row = command.ExecuteReader();
            while (row.Read()) periods.Add((new(row.GetInt64(0)), (byte[])row[1]));
        }

        return periods;
    }

    private static (long Revision, byte[]? Content) Newest(SqliteConnection connection, int stationNo, Resolution resolution, DateTime start)
    {
        using var command = SqliteFiles.Prepare(
            connection,
            "SELECT revision, content FROM derived WHERE station = $station AND resolution = $resolution AND start = $start ORDER BY revision DESC LIMIT 1",
            "$station", "$resolution", "$start");
        ReadOnlySpan<object> parameters = [stationNo, (int)resolution, start.Ticks];
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i];
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), (byte[])row[1]) : (0, null);
    }

    private static int MonthOf(DateTime at) => (at.Year * 12) + at.Month - 1;
}
