using Npgsql;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.derived</c> by the period's month. Apart from the measured chunks, which are written by frames only.</summary>
internal sealed class PostgresDerivedRowStore(PostgresTables tables) : IDerivedRowStore
{
    private const string Look = "SELECT revision, content FROM telemetry.derived WHERE month = $1 AND station = $2 AND resolution = $3 AND start = $4 ORDER BY revision DESC LIMIT 1";
    private const string Insert = "INSERT INTO telemetry.derived (month, station, resolution, start, revision, made, content) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    public IReadOnlyList<bool> Add(IReadOnlyList<DerivedRow> rows)
    {
        using var connection = tables.Open();
        foreach (var month in rows.Select(row => row.Month).Distinct()) tables.RequireMonth(connection, "derived", month);
        using var transaction = connection.BeginTransaction();
        var newest = Newest(connection, transaction, rows);
        using var inserts = new NpgsqlBatch(connection, transaction);
        var added = new bool[rows.Count];
        for (var at = 0; at < rows.Count; at++)
        {
            var row = rows[at];
            var (revision, content) = newest[KeyOf(row)];
            if (!(added[at] = row.Differs(content))) continue;
            newest[KeyOf(row)] = (revision + 1, row.Content);
            PostgresTables.Queue(inserts, Insert, row.Month, row.StationNo, (short)row.Resolution, row.Start.Ticks, revision + 1, row.MadeMicros, row.Content);
        }

        if (inserts.BatchCommands.Count > 0) inserts.ExecuteNonQuery();
        transaction.Commit();
        return added;
    }

    public IReadOnlyList<(DateTime Start, byte[] Values)> Read(int stationNo, Resolution resolution, DateTime from, DateTime to)
    {
        var periods = new List<(DateTime, byte[])>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(
            connection,
            "SELECT DISTINCT ON (start) start, content FROM telemetry.derived WHERE station = $1 AND resolution = $2 AND start >= $3 AND start < $4 AND month BETWEEN $5 AND $6 ORDER BY start, revision DESC",
            stationNo, (short)resolution, from.Ticks, to.Ticks, MonthName.Number(from), MonthName.Number(to));
        using var row = command.ExecuteReader();
        while (row.Read()) periods.Add((new(row.GetInt64(0)), row.GetFieldValue<byte[]>(1)));
        return periods;
    }

    private static Dictionary<(int, Resolution, DateTime), (long Revision, byte[]? Content)> Newest(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<DerivedRow> rows)
    {
        // Two revisions at once would both be the next one. In order of stations: two groups must not wait for each other.
        using (var alone = new NpgsqlBatch(connection, transaction))
        {
            foreach (var station in rows.Select(row => row.StationNo).Distinct().Order()) PostgresTables.Queue(alone, "SELECT pg_advisory_xact_lock(8213, $1)", station);
            alone.ExecuteNonQuery();
        }

        using var looks = new NpgsqlBatch(connection, transaction);
        foreach (var row in rows) PostgresTables.Queue(looks, Look, row.Month, row.StationNo, (short)row.Resolution, row.Start.Ticks);
        var newest = new Dictionary<(int, Resolution, DateTime), (long, byte[]?)>();
        using var found = looks.ExecuteReader();
        foreach (var row in rows)
        {
            newest[KeyOf(row)] = found.Read() ? (found.GetInt64(0), found.GetFieldValue<byte[]>(1)) : (0, null);
            found.NextResult();
        }

        return newest;
    }

    private static (int, Resolution, DateTime) KeyOf(DerivedRow row) => (row.StationNo, row.Resolution, row.Start);
}
