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

    private readonly Lock _gate = new();
    private readonly Dictionary<int, (long First, long Last)> _spans = []; // ids of months that nobody writes now
    private int _written; // the month that is written
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
        foreach (var month in months.Reverse())
        {
            var (first, last) = SpanOf(month);
            if (id < first || id > last) continue;
            var path = files.Path(Kind, month);
            if (files.Try(path, () => Read(path, id, id), []) is [var row]) return row;
            isDamaged |= files.Damaged.Has(path);
        }

        return isDamaged ? throw new BatchCorruptException(id, null) : null; // where it may have been nobody can say that it is not
    }

    public IReadOnlyList<BatchRow> ReadAfter(long after, int limit)
    {
        while (true)
        {
            var page = Page(after, limit);
            var rows = new List<BatchRow>(page.Count);
            // In one month all between the first and the last of a page are in it.
            foreach (var month in page.GroupBy(batch => batch.Month)) rows.AddRange(Unless(month.Key, path => Read(path, month.First().Id, month.Last().Id)));
            rows.Sort((left, right) => left.Id.CompareTo(right.Id));
            if (rows.Count > 0 || page is []) return rows;
            after = page[^1].Id; // their month left between the look and the reading, or it cannot be read: what follows it is next
        }
    }

    public (long Free, long Total)? Space()
    {
        Directory.CreateDirectory(files.Folder);
        var drive = new DriveInfo(files.Folder);
        return (drive.AvailableFreeSpace, drive.TotalSize);
    }

    public void Dispose() => Drop();

    /// <summary>The next ids and where they lie, without a byte of content. Ids rise from month to month, so the first file that has enough of them ends it; a clock that jumped over the end of a month leaves ids of two files interleaved, and both are asked.</summary>
    private List<(long Id, int Month)> Page(long after, int limit)
    {
        var page = new List<(long Id, int Month)>();
        var spans = files.Months(Kind).Select(month => (Month: month, Span: SpanOf(month))).Where(entry => entry.Span.Last > after).OrderBy(entry => entry.Span.First).ToList();
        if (spans is []) return page;
        // What is committed from here on waits for the next page: asked file by file, its later batch could be seen without the earlier one.
        var until = spans.Max(entry => entry.Span.Last);
        foreach (var (month, span) in spans)
        {
            if (page.Count == limit && span.First > page[^1].Id) break;
            page.AddRange(Unless(month, path => Ids(path, after, until, limit)).Select(id => (id, month)));
            page.Sort();
            if (page.Count > limit) page.RemoveRange(limit, page.Count - limit);
        }

        return page;
    }

    /// <summary>An old month that cannot be read is passed over; of the newest nothing is: what follows the log would take it for applied.</summary>
    /// <exception cref="StoreFileException">The newest is damaged.</exception>
    private List<T> Unless<T>(int month, Func<string, List<T>> read)
    {
        var path = files.Path(Kind, month);
        return month == files.Months(Kind)[^1] ? files.Guard(path, () => read(path)) : files.Try(path, () => read(path), []);
    }

    private List<long> Ids(string path, long after, long until, int limit)
    {
        var ids = new List<long>();
        using var connection = files.OpenReader(path, Schema);
        if (connection is null) return ids;
        using var command = SqliteFiles.Prepare(connection, "SELECT id FROM frame_batch WHERE id > $after AND id <= $until ORDER BY id LIMIT $limit", "$after", "$until", "$limit");
        command.Parameters[0].Value = after;
        command.Parameters[1].Value = until;
        command.Parameters[2].Value = limit;
        using var row = command.ExecuteReader();
        while (row.Read()) ids.Add(row.GetInt64(0));
        return ids;
    }

    private List<BatchRow> Read(string path, long first, long last)
    {
        using var connection = files.OpenReader(path, Schema);
        if (connection is null) return [];
        using var command = SqliteFiles.Prepare(connection, $"SELECT {Columns} FROM frame_batch WHERE id BETWEEN $first AND $last ORDER BY id", "$first", "$last");
        command.Parameters[0].Value = first;
        command.Parameters[1].Value = last;
        return Read(command);
    }

    /// <summary>First and last id of a month's file, known by heart while nobody writes it: years of files are not opened for each page. An empty one holds nothing between them.</summary>
    private (long First, long Last) SpanOf(int month)
    {
        lock (_gate)
        {
            if (_spans.TryGetValue(month, out var known)) return known;
            var span = Measure(month);
            if (month != _written && span.First > 0 && span.Last > 0) _spans[month] = span;
            return span;
        }
    }

    private (long First, long Last) Measure(int month)
    {
        try
        {
            using var connection = files.OpenReader(files.Path(Kind, month), Schema);
            if (connection is null) return (long.MaxValue, 0);
            using var command = SqliteFiles.Prepare(connection, "SELECT (SELECT min(id) FROM frame_batch), (SELECT max(id) FROM frame_batch)"); // one select for both would read all
            using var row = command.ExecuteReader();
            return row.Read() && !row.IsDBNull(0) ? (row.GetInt64(0), row.GetInt64(1)) : (long.MaxValue, 0);
        }
        catch (SqliteException error) when (SqliteFiles.IsDamage(error))
        {
            return (0, long.MaxValue); // whoever reads from it will say so; until then it may hold anything
        }
    }

    private Writer WriterOf(int month)
    {
        if (_writer?.Month == month) return _writer;
        Drop();
        lock (_gate)
        {
            _written = month;
            _spans.Remove(month);
        }

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
