using Npgsql;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.derived</c> by the period's month. Apart from the measured chunks, which are written by frames only.</summary>
internal sealed class PostgresDerivedRowStore(PostgresTables tables) : IDerivedRowStore
{
    public bool Add(int stationNo, Resolution resolution, DateTime start, long madeMicros, byte[] values, Func<byte[]?, bool> differs)
    {
        using var connection = tables.Open();
        tables.RequireMonth(connection, "derived", MonthOf(start));
        using var transaction = connection.BeginTransaction();
        // Two revisions at once would both be the next one.
        using (var alone = PostgresTables.Command(connection, "SELECT pg_advisory_xact_lock(8213, $1)", stationNo)) alone.ExecuteNonQuery();
        var (revision, newest) = Newest(connection, stationNo, resolution, start);
        if (!differs(newest)) return false;
        using var command = PostgresTables.Command(
            connection, "INSERT INTO telemetry.derived (month, station, resolution, start, revision, made, content) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            MonthOf(start), stationNo, (short)resolution, start.Ticks, revision + 1, madeMicros, values);
        command.ExecuteNonQuery();
        transaction.Commit();
        return true;
    }

    public IReadOnlyList<(DateTime Start, byte[] Values)> Read(int stationNo, Resolution resolution, DateTime from, DateTime to)
    {
        var periods = new List<(DateTime, byte[])>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(
            connection,
            "SELECT DISTINCT ON (start) start, content FROM telemetry.derived WHERE station = $1 AND resolution = $2 AND start >= $3 AND start < $4 AND month BETWEEN $5 AND $6 ORDER BY start, revision DESC",
            stationNo, (short)resolution, from.Ticks, to.Ticks, MonthOf(from), MonthOf(to));
        using var row = command.ExecuteReader();
        while (row.Read()) periods.Add((new(row.GetInt64(0)), row.GetFieldValue<byte[]>(1)));
        return periods;
    }

    private static (long Revision, byte[]? Content) Newest(NpgsqlConnection connection, int stationNo, Resolution resolution, DateTime start)
    {
        using var command = PostgresTables.Command(
            connection, "SELECT revision, content FROM telemetry.derived WHERE month = $1 AND station = $2 AND resolution = $3 AND start = $4 ORDER BY revision DESC LIMIT 1",
            MonthOf(start), stationNo, (short)resolution, start.Ticks);
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : (0, null);
    }

    private static int MonthOf(DateTime at) => (at.Year * 12) + at.Month - 1;
}
