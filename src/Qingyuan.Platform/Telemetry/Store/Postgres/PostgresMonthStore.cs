using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary>A month is a partition of each table, so it is measured, hashed and dropped as one.</summary>
internal sealed class PostgresMonthStore(PostgresTables tables) : IMonthStore
{
    internal int LinksAtOnce { get; set; } = 10_000;

    public IReadOnlyList<int> Months(TelemetryClass kind)
    {
        using var connection = tables.Open();
        return PostgresTables.Months(connection, Main(kind));
    }

    public long Bytes(TelemetryClass kind, int month)
    {
        using var connection = tables.Open();
        var bytes = 0L;
        foreach (var table in All(kind))
        {
            using var command = PostgresTables.Command(connection, "SELECT coalesce(pg_total_relation_size(to_regclass($1)), 0)", PostgresTables.PartitionOf(table, month));
            bytes += (long)command.ExecuteScalar()!;
        }

        return bytes;
    }

    public long Items(TelemetryClass kind, int month)
    {
        if (kind is TelemetryClass.Values) return 0;
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, kind is TelemetryClass.Frames ? "SELECT coalesce(sum(frames), 0) FROM telemetry.frame_batch WHERE month = $1" : "SELECT count(*) FROM telemetry.derived WHERE month = $1", month);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public IEnumerable<BatchLink> Links(int month)
    {
        for (var page = Page(month, 0); page.Count > 0; page = Page(month, page[^1].Id))
            foreach (var link in page) yield return link;
    }

    /// <summary>Page by page: a long reading would hold up whoever makes the next month's partition, and the appending behind it.</summary>
    private List<BatchLink> Page(int month, long after)
    {
        var links = new List<BatchLink>();
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT id, previous_sha256, sha256 FROM telemetry.frame_batch WHERE month = $1 AND id > $2 ORDER BY id LIMIT $3", month, after, LinksAtOnce);
        using var row = command.ExecuteReader();
        while (row.Read()) links.Add(new(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2)));
        return links;
    }

    public IReadOnlyList<ColdFile> Files(TelemetryClass kind, int month, CancellationToken ct)
    {
        using var connection = tables.Open();
        if (!PostgresTables.Months(connection, Main(kind)).Contains(month)) return [];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var command = PostgresTables.Command(connection, Rows(kind), month))
        {
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                ct.ThrowIfCancellationRequested();
                hash.AppendData(row.GetFieldValue<byte[]>(0));
            }
        }

        return [new(PostgresTables.PartitionOf(Main(kind), month), Bytes(kind, month), Convert.ToHexStringLower(hash.GetHashAndReset()))];
    }

    public void Delete(TelemetryClass kind, int month)
    {
        using var connection = tables.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var table in All(kind)) PostgresTables.Execute(connection, "DROP TABLE IF EXISTS " + PostgresTables.PartitionOf(table, month));
        if (kind is TelemetryClass.Values) DeleteDamaged(connection, month);
        transaction.Commit();
        foreach (var table in All(kind)) tables.ForgetMonth(table, month);
    }

    /// <summary>What was set aside has no partition: it is rare, and its month follows from its period.</summary>
    private static void DeleteDamaged(NpgsqlConnection connection, int month)
    {
        var start = new DateTime(month / 12, (month % 12) + 1, 1);
        foreach (var resolution in Enum.GetValues<Resolution>())
        {
            var (first, next) = (ChunkKey.Of(resolution, start, 0).Period, ChunkKey.Of(resolution, start.AddMonths(1), 0).Period);
            foreach (var table in (string[])["chunk_damaged", "chunk_mended"])
            {
                using var command = PostgresTables.Command(connection, $"DELETE FROM telemetry.{table} WHERE resolution = $1 AND period >= $2 AND period < $3", (short)resolution, first, next);
                command.ExecuteNonQuery();
            }
        }
    }

    private static string Main(TelemetryClass kind) => All(kind)[0];

    private static string[] All(TelemetryClass kind) => kind switch
    {
        TelemetryClass.Frames => ["frame_batch", "frame_hour", "frame_index"],
        TelemetryClass.Values => ["chunk", "conflict"],
        _ => ["derived"],
    };

    private static string Rows(TelemetryClass kind) => kind switch
    {
        TelemetryClass.Frames => "SELECT content FROM telemetry.frame_batch WHERE month = $1 ORDER BY id",
        TelemetryClass.Values => "SELECT bytes FROM telemetry.chunk WHERE month = $1 ORDER BY resolution, period, station",
        _ => "SELECT content FROM telemetry.derived WHERE month = $1 ORDER BY station, resolution, start, revision",
    };
}
