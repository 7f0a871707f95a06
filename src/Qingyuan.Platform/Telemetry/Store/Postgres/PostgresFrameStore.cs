using Npgsql;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.frame_batch</c>: one row a batch, partitioned by received month.</summary>
internal sealed class PostgresFrameStore(PostgresTables tables) : IFrameStore, IDisposable
{
    private const string Columns = "id, received_from, received_to, frames, raw_bytes, previous_sha256, sha256, codec, content";
    private const string Insert = $"INSERT INTO telemetry.frame_batch ({Columns}, month) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    private const string Epoch = "writer-epoch";
    private const string ClaimNext = "INSERT INTO telemetry.mark AS t (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = greatest(t.value + 1, excluded.value) RETURNING value";
    private NpgsqlConnection? _writer;
    private long _epoch;

    public LogHead ReadHead()
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, "SELECT id, sha256 FROM telemetry.frame_batch ORDER BY id DESC LIMIT 1");
        using var row = command.ExecuteReader();
        return row.Read() ? new(row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : LogHead.Empty;
    }

    public long Claim(long atLeast)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, ClaimNext, Epoch, atLeast);
        return _epoch = (long)command.ExecuteScalar()!;
    }

    public void Append(IReadOnlyList<BatchRow> batches)
    {
        try
        {
            var writer = Writer();
            foreach (var month in batches.Select(batch => Micros.Month(batch.ReceivedFrom)).Distinct()) tables.RequireMonth(writer, "frame_batch", month);
            using var transaction = writer.BeginTransaction();
            using var all = new NpgsqlBatch(writer, transaction);
            PostgresTables.Queue(all, "SELECT value FROM telemetry.mark WHERE name = $1 FOR SHARE", Epoch);
            foreach (var row in batches)
                PostgresTables.Queue(all, Insert, row.Id, row.ReceivedFrom, row.ReceivedTo, row.Frames, row.RawBytes, row.PreviousSha256, row.Sha256, row.Codec, row.Content, Micros.Month(row.ReceivedFrom));
            RequireClaim(all.ExecuteScalar() as long?);
            transaction.Commit();
        }
        catch
        {
            Drop(); // the next try starts from a fresh connection
            throw;
        }
    }

    public void Probe()
    {
        try
        {
            PostgresTables.Execute(Writer(), "INSERT INTO telemetry.store_probe (id, filler) VALUES (1, decode(repeat('00', 32768), 'hex')) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler");
        }
        catch
        {
            Drop();
            throw;
        }
    }

    public BatchRow? Find(long id)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, $"SELECT {Columns} FROM telemetry.frame_batch WHERE id = $1", id);
        return Read(command) is [var row] ? row : null;
    }

    public IReadOnlyList<BatchRow> ReadAfter(long after, int limit)
    {
        using var connection = tables.Open();
        using var command = PostgresTables.Command(connection, $"SELECT {Columns} FROM telemetry.frame_batch WHERE id > $1 ORDER BY id LIMIT $2", after, limit);
        return Read(command);
    }

    /// <summary>The server's disk is the server's business: it refuses by itself when it is full.</summary>
    public (long Free, long Total)? Space() => null;

    public void Dispose() => Drop();

    /// <summary>Held until the commit: who claims waits for it, and what comes after the claim is refused.</summary>
    private void RequireClaim(long? epoch)
    {
        if (epoch != _epoch) throw new IOException("Another node has taken over and appends the frames now.");
    }

    private NpgsqlConnection Writer()
    {
        if (_writer is not null) return _writer;
        var connection = tables.Open();
        // Whatever the server's settings say: a commit that returned is one that lasts, or nothing could be acknowledged.
        PostgresTables.Execute(connection, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'");
        return _writer = connection;
    }

    private void Drop()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private static List<BatchRow> Read(NpgsqlCommand command)
    {
        var rows = new List<BatchRow>();
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            rows.Add(new(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetInt32(4), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6), row.GetInt32(7), row.GetFieldValue<byte[]>(8)));
        }

        return rows;
    }
}
