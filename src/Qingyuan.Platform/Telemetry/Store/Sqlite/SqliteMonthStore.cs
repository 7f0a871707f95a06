using System.Globalization;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store.Sqlite;

/// <summary>A month is a file, so it is measured, hashed and removed as one.</summary>
internal sealed class SqliteMonthStore(SqliteFiles files, SqliteChunkStore chunks) : IMonthStore
{
    private const string Index = "frame-index";

    internal int LinksAtOnce { get; set; } = 10_000;

    public IReadOnlyList<int> Months(TelemetryClass kind) => files.Months(Kind(kind));

    public long Bytes(TelemetryClass kind, int month) => Paths(kind, month).Sum(path => new FileInfo(path).Length);

    public long Items(TelemetryClass kind, int month) => kind switch
    {
        TelemetryClass.Frames => Scalar(files.Path("frames", month), SqliteFrameStore.Schema, "SELECT coalesce(sum(frames), 0) FROM frame_batch"),
        TelemetryClass.Results => Scalar(files.Path("derived", month), SqliteDerivedRowStore.Schema, "SELECT count(*) FROM derived"),
        _ => 0,
    };

    public IEnumerable<BatchLink> Links(int month)
    {
        for (var page = Page(month, 0); page.Count > 0; page = Page(month, page[^1].Id))
            foreach (var link in page) yield return link;
    }

    private List<BatchLink> Page(int month, long after)
    {
        var links = new List<BatchLink>();
        using var connection = files.OpenReader(files.Path("frames", month), SqliteFrameStore.Schema);
        if (connection is null) return links;
        using var command = SqliteFiles.Prepare(connection, "SELECT id, previous_sha256, sha256 FROM frame_batch WHERE id > $after ORDER BY id LIMIT $limit", "$after", "$limit");
        command.Parameters[0].Value = after;
        command.Parameters[1].Value = LinksAtOnce;
        using var row = command.ExecuteReader();
        while (row.Read()) links.Add(new(row.GetInt64(0), (byte[])row[1], (byte[])row[2]));
        return links;
    }

    public IReadOnlyList<ColdFile> Files(TelemetryClass kind, int month, CancellationToken ct) =>
        [.. Paths(kind, month).Select(path => Hashed(path, ct))];

    public void Delete(TelemetryClass kind, int month)
    {
        if (kind is TelemetryClass.Values) chunks.Delete(month);
        else foreach (var path in Paths(kind, month)) files.Remove(path);
    }

    private static ColdFile Hashed(string path, CancellationToken ct)
    {
        SqliteFiles.TakeIn(path);
        return new(Path.GetFileName(path), new FileInfo(path).Length, ColdCatalogue.Sha256(path, Pace.Full, ct));
    }

    private List<string> Paths(TelemetryClass kind, int month) =>
        [.. (kind is TelemetryClass.Frames ? (string[])["frames", Index] : [Kind(kind)]).Select(name => files.Path(name, month)).Where(File.Exists)];

    private static string Kind(TelemetryClass kind) => kind switch
    {
        TelemetryClass.Frames => "frames",
        TelemetryClass.Values => "chunks",
        _ => "derived",
    };

    private long Scalar(string path, string schema, string sql)
    {
        using var connection = files.OpenReader(path, schema);
        if (connection is null) return 0;
        using var command = SqliteFiles.Prepare(connection, sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
