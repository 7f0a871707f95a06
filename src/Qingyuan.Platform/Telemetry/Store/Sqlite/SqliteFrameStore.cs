using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Telemetry.Frames;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary><c>frames-YYYY-MM.db</c> by received month: one row per batch, found by its rowid.</summary>
internal sealed class SqliteFrameStore(SqliteFiles files) : IFrameStore, IDisposable
{
    private const string Kind = "frames";

    internal static readonly string Schema = """
        CREATE TABLE IF NOT EXISTS frame_batch (
            id INTEGER PRIMARY KEY, received_from INTEGER NOT NULL, received_to INTEGER NOT NULL, frames INTEGER NOT NULL, raw_bytes INTEGER NOT NULL,
            previous_sha256 BLOB NOT NULL, sha256 BLOB NOT NULL, codec INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS store_probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL) STRICT;
        """ + SqliteFiles.InsertOnly("frame_batch");

    private const string Columns = "id, received_from, received_to, frames, raw_bytes, previous_sha256, sha256, codec, content";

    private Writer? _writer;

    public LogHead ReadHead()
    {
        var head = LogHead.Empty;
        foreach (var path in files.Months(Kind).Reverse().Select(month => files.Path(Kind, month)))
        {
            // An old month that cannot be read keeps nobody from going on; of the newest with frames in it the end must be known.
            var its = head.Id > 0 ? files.Try(path, () => ReadHead(path), LogHead.Empty) : files.Guard(path, () => ReadHead(path));
            if (its.Id > head.Id) head = its;
        }

        return head;
    }

    private LogHead ReadHead(string path)
    {
        using var connection = files.OpenReader(path, Schema);
        if (connection is null) return LogHead.Empty;
        using var command = SqliteFiles.Prepare(connection, "SELECT id, sha256 FROM frame_batch ORDER BY id DESC LIMIT 1");
        using var row = command.ExecuteReader();
        return row.Read() ? new(row.GetInt64(0), (byte[])row[1]) : LogHead.Empty;
    }

    /// <summary>The lock of the data directory has decided already.</summary>
    public long Claim(long atLeast) => atLeast;

    public void Append(IReadOnlyList<BatchRow> batches)
    {
        try
        {
            for (var first = 0; first < batches.Count;)
            {
                var month = Micros.Month(batches[first].ReceivedFrom);
                var end = first + 1;
                while (end < batches.Count && Micros.Month(batches[end].ReceivedFrom) == month) end++;
                WriterOf(month).Append(batches, first, end);
                first = end;
            }
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
            var months = files.Months(Kind);
            if (months.Count == 0) ProbeFolder();
            else WriterOf(_writer?.Month ?? months[^1]).Probe();
        }
        catch
        {
            Drop();
            throw;
        }
    }

    public BatchRow? Find(long id)
    {
        var (months, isDamaged) = (files.Months(Kind), false);
        for (var i = months.Count - 1; i >= 0; i--)
        {
            var path = files.Path(Kind, months[i]);
            if (files.Try(path, () => Find(path, id), null) is { } row) return row;
            isDamaged |= files.Damaged.Has(path);
        }

        return isDamaged ? throw new BatchCorruptException(id, null) : null; // where it may have been nobody can say that it is not
    }

    private BatchRow? Find(string path, long id)
    {
        using var connection = files.OpenReader(path, Schema);
        if (connection is null) return null;
        using var command = SqliteFiles.Prepare(connection, $"SELECT {Columns} FROM frame_batch WHERE id = $id", "$id");
        command.Parameters[0].Value = id;
        return Read(command) is [var row] ? row : null;
    }

    public IReadOnlyList<BatchRow> ReadAfter(long after, int limit)
    {
        var (rows, months) = (new List<BatchRow>(), files.Months(Kind));
        foreach (var month in months)
        {
            // Of the newest month nothing is passed over: what follows the log would take it for applied.
            var path = files.Path(Kind, month);
            rows.AddRange(month == months[^1] ? files.Guard(path, () => ReadAfter(path, after, limit)) : files.Try(path, () => ReadAfter(path, after, limit), []));
        }

        // A clock that jumped over the end of a month leaves ids of two files interleaved.
        rows.Sort((left, right) => left.Id.CompareTo(right.Id));
        return rows.Count <= limit ? rows : rows.GetRange(0, limit);
    }

    private List<BatchRow> ReadAfter(string path, long after, int limit)
    {
        using var connection = files.OpenReader(path, Schema);
        if (connection is null) return [];
        using var command = SqliteFiles.Prepare(connection, $"SELECT {Columns} FROM frame_batch WHERE id > $after ORDER BY id LIMIT $limit", "$after", "$limit");
        command.Parameters[0].Value = after;
        command.Parameters[1].Value = limit;
        return Read(command);
    }

    public (long Free, long Total)? Space()
    {
        Directory.CreateDirectory(files.Folder);
        var drive = new DriveInfo(files.Folder);
        return (drive.AvailableFreeSpace, drive.TotalSize);
    }

    public void Dispose() => Drop();

    private Writer WriterOf(int month)
    {
        if (_writer?.Month == month) return _writer;
        Drop();
        return _writer = new(files.OpenWriter(files.Path(Kind, month), Schema), month);
    }

    private void ProbeFolder()
    {
        var file = Path.Combine(files.Folder, "probe.tmp");
        Directory.CreateDirectory(files.Folder);
        File.WriteAllBytes(file, new byte[32 * 1024]);
        File.Delete(file);
    }

    private void Drop()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private static List<BatchRow> Read(SqliteCommand command)
    {
        var rows = new List<BatchRow>();
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            rows.Add(new(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetInt32(4), (byte[])row[5], (byte[])row[6], row.GetInt32(7), (byte[])row[8]));
        }

        return rows;
    }

    /// <summary>The open month: one connection, statements prepared once.</summary>
    private sealed class Writer : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _insert;

        public Writer(SqliteConnection connection, int month)
        {
            (_connection, Month) = (connection, month);
            _insert = SqliteFiles.Prepare(
                connection,
                $"INSERT INTO frame_batch ({Columns}) VALUES ($id, $from, $to, $frames, $raw, $previous, $sha, $codec, $content)",
                "$id", "$from", "$to", "$frames", "$raw", "$previous", "$sha", "$codec", "$content");
        }

        public int Month { get; }

        public void Append(IReadOnlyList<BatchRow> batches, int first, int end)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            _insert.Transaction = transaction;
            for (var i = first; i < end; i++)
            {
                var row = batches[i];
                ReadOnlySpan<object> values = [row.Id, row.ReceivedFrom, row.ReceivedTo, row.Frames, row.RawBytes, row.PreviousSha256, row.Sha256, row.Codec, row.Content];
                for (var p = 0; p < values.Length; p++) _insert.Parameters[p].Value = values[p];
                _insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        public void Probe() => SqliteFiles.Execute(_connection, "INSERT OR REPLACE INTO store_probe (id, filler) VALUES (1, randomblob(32768))");

        public void Dispose()
        {
            _insert.Dispose();
            _connection.Dispose();
        }
    }
}
