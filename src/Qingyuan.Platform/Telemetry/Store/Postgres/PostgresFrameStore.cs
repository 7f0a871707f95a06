using Npgsql;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary><c>telemetry.frame_batch</c>: one row a batch, partitioned by received month.</summary>
internal sealed class PostgresFrameStore(PostgresTables tables) : IFrameStore, IDisposable
{
    private const string Columns = "id, received_from, received_to, frames, raw_bytes, previous_sha256, sha256, codec, content";
    private const string Insert = $"INSERT INTO telemetry.frame_batch ({Columns}, month) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    private const string Epoch = "writer-epoch";
    private const string ClaimNext = "INSERT INTO telemetry.mark AS t (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = greatest(t.value + 1, excluded.value) RETURNING value";
    private const string Hold = "SELECT value FROM telemetry.mark WHERE name = $1 FOR UPDATE";
    private const string Head = "SELECT sha256 FROM telemetry.frame_batch ORDER BY id DESC LIMIT 1";
    private const string WriteProbe = "INSERT INTO telemetry.store_probe (id, filler) VALUES (1, decode(repeat('00', 32768), 'hex')) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler";

    private readonly Lock _using = new();
    private readonly CancellationTokenSource _end = new();
    private PostgresWriter? _writer;
    private bool _isHeadKnown;
    private long _epoch;

    /// <summary>How long a commit is waited for before the server is asked whether it still knows of it.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

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
        // One that another machine may not have would be given again after its takeover.
        return _epoch = PostgresWriter.Lasting(connection, () => (long)command.ExecuteScalar()!);
    }

    public void Append(IReadOnlyList<BatchRow> batches)
    {
        var months = batches.Select(batch => Micros.Month(batch.ReceivedFrom)).Distinct().ToList();
        using var alone = _using.EnterScope();
        try
        {
            foreach (var month in months) tables.RequireMonth("frame_batch", month);
            var writer = Writer();
            Send(writer, batches);
            writer.Commit(_end.Token);
            _isHeadKnown = true;
        }
        catch
        {
            Drop(); // the next try starts from a fresh connection
            foreach (var month in months) tables.ForgetMonth("frame_batch", month); // perhaps on a server that was a copy until now
            throw;
        }
    }

    public void Probe()
    {
        using var alone = _using.EnterScope();
        try
        {
            var writer = Writer();
            using (var all = writer.Begin())
            {
                PostgresTables.Queue(all, Hold, Epoch);
                PostgresTables.Queue(all, WriteProbe);
                RequireClaim(all.ExecuteScalar() as long?);
            }

            writer.Commit(_end.Token);
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

    public void Dispose()
    {
        if (_end.IsCancellationRequested) return;
        _end.Cancel(); // a commit that waits is left, and not acknowledged
        using (_using.EnterScope()) Drop();
        _end.Dispose();
    }

    /// <summary>
    /// The epoch's row is held until the commit: who claims waits for it, and what comes after the claim is refused. A session that was given up while it committed holds it, too, until
    /// the server is done with it; so what a fresh one finds behind the lock is the end of the log, and stays that for as long as it goes on.
    /// </summary>
    private void Send(PostgresWriter writer, IReadOnlyList<BatchRow> batches)
    {
        using var all = writer.Begin();
        PostgresTables.Queue(all, Hold, Epoch);
        if (!_isHeadKnown) PostgresTables.Queue(all, Head); // a statement apart, which sees what was committed until the lock was had
        foreach (var row in batches)
            PostgresTables.Queue(all, Insert, row.Id, row.ReceivedFrom, row.ReceivedTo, row.Frames, row.RawBytes, row.PreviousSha256, row.Sha256, row.Codec, row.Content, Micros.Month(row.ReceivedFrom));
        using var answer = all.ExecuteReader();
        RequireClaim(answer.Read() ? answer.GetInt64(0) : null);
        if (!_isHeadKnown)
        {
            answer.NextResult();
            RequireHead(answer.Read() ? answer.GetFieldValue<byte[]>(0) : LogHead.Empty.Sha256, batches[0]);
        }

        while (answer.NextResult())
        {
            // An insertion that failed says so here.
        }
    }

    private void RequireClaim(long? epoch)
    {
        if (epoch != _epoch) throw new IOException("Another node has taken over and appends the frames now.");
    }

    private static void RequireHead(byte[] head, BatchRow first)
    {
        if (!head.AsSpan().SequenceEqual(first.PreviousSha256)) throw new LogMovedException();
    }

    private PostgresWriter Writer()
    {
        if (_end.IsCancellationRequested) throw new IOException("The frame store has ended.");
        return _writer ??= new(tables, Patience);
    }

    private void Drop()
    {
        _writer?.Dispose();
        (_writer, _isHeadKnown) = (null, false);
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
