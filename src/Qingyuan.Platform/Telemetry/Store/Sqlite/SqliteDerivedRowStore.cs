using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Shared;
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

    public IReadOnlyList<bool> Add(IReadOnlyList<DerivedRow> rows)
    {
        var added = new bool[rows.Count];
        foreach (var month in Enumerable.Range(0, rows.Count).GroupBy(at => rows[at].Month))
        {
            using var connection = files.OpenWriter(files.Path(Kind, month.Key), Schema);
            using var transaction = connection.BeginTransaction(deferred: false);
            using var look = SqliteFiles.Prepare(
                connection,
                "SELECT revision, content FROM derived WHERE station = $station AND resolution = $resolution AND start = $start ORDER BY revision DESC LIMIT 1",
                "$station", "$resolution", "$start");
            using var insert = SqliteFiles.Prepare(
                connection,
                "INSERT INTO derived (station, resolution, start, revision, made, content) VALUES ($station, $resolution, $start, $revision, $made, $content)",
                "$station", "$resolution", "$start", "$revision", "$made", "$content");
            foreach (var at in month) added[at] = Add(look, insert, rows[at]);
            transaction.Commit();
        }

        return added;
    }

    private static bool Add(SqliteCommand look, SqliteCommand insert, DerivedRow row)
    {
        var (revision, newest) = Newest(look, row);
        if (!row.Differs(newest)) return false;
        Fill(insert, row.StationNo, (int)row.Resolution, row.Start.Ticks, revision + 1, row.MadeMicros, row.Content);
        insert.ExecuteNonQuery();
        return true;
    }

    public IReadOnlyList<(DateTime Start, byte[] Values)> Read(int stationNo, Resolution resolution, DateTime from, DateTime to)
    {
        var periods = new List<(DateTime, byte[])>();
        foreach (var month in files.Months(Kind).Where(month => month >= MonthName.Number(from) && month <= MonthName.Number(to)))
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
            Fill(command, stationNo, (int)resolution, from.Ticks, to.Ticks);
            using var row = command.ExecuteReader();
            while (row.Read()) periods.Add((new(row.GetInt64(0)), (byte[])row[1]));
        }

        return periods;
    }

    private static (long Revision, byte[]? Content) Newest(SqliteCommand look, DerivedRow derived)
    {
        Fill(look, derived.StationNo, (int)derived.Resolution, derived.Start.Ticks);
        using var row = look.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), (byte[])row[1]) : (0, null);
    }

    private static void Fill(SqliteCommand command, params ReadOnlySpan<object> parameters)
    {
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i];
    }
}
