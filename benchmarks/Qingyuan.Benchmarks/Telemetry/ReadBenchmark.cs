using Microsoft.Extensions.Logging.Abstractions;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Derived;
using Qingyuan.Platform.Telemetry.Reading;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Benchmarks.Telemetry;

/// <summary>One factor over one day of minutes from disk, against unpacking the same chunks from memory.</summary>
internal static class ReadBenchmark
{
    private static readonly DateTime s_start = new(2026, 3, 1);
    private static int s_sink;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-");
        try
        {
            await RunAsync(new SqliteFiles(folder.FullName));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(SqliteFiles files)
    {
        var store = new SqliteChunkStore(files);
        var chunks = Write(store);
        var packed = chunks[0].Select(chunk => (chunk.Key, Bytes: new ChunkEncoder().Encode(chunk, store.Codes(chunk.Key)))).ToArray();
        var query = new SeriesQuery(1, "a21007", s_start, s_start.AddDays(1), Resolution.Realtime);
        using var metrics = new TelemetryMetrics();
        var cold = new ColdStore(new(new(files.Folder), new()));
        var deleted = new DeletedValues(new NothingDeleted());
        var open = new OpenChunks(store, cold, deleted, new(), metrics, TimeProvider.System, NullLogger<OpenChunks>.Instance);
        var reader = new TelemetryReader(
            open, store, cold, new(new SqliteStateStore(files), deleted), new DerivedStore(new SqliteDerivedRowStore(files), TimeProvider.System), metrics, NullLogger<TelemetryReader>.Instance);
        if ((await reader.ReadAsync(query, default)).Count != 24 * 60) throw new InvalidOperationException("The benchmark reads something else than it wrote.");
        var speed = Bench.PerSecond(
        [
            () =>
            {
                s_sink += reader.ReadAsync(query, default).GetAwaiter().GetResult().Count; // completes without waiting
                return 1;
            },
            () =>
            {
                foreach (var (key, bytes) in packed) s_sink += SeriesRows.Of(ChunkDecoder.Decode(key, bytes, store.Codes(key), query.Factor), query).Count;
                return 1;
            },
        ]);
        Bench.Report("telemetry.read.one-factor-day", 1000 / speed[0], "ms", "lower", 1000 / speed[1], must: 2);
    }

    private static Chunk[][] Write(SqliteChunkStore store)
    {
        var encoder = new ChunkEncoder();
        Chunk[][] chunks =
        [
            .. Enumerable.Range(1, 50).Select(number =>
            {
                var station = new SyntheticStation(number);
                return Enumerable.Range(0, 24).Select(hour => station.Hour(s_start.AddHours(hour))).ToArray();
            }),
        ];
        ChunkWrite[] writes = [.. chunks.SelectMany(station => station).Select(chunk => new ChunkWrite(chunk.Key, encoder.Encode(chunk, store.Codes(chunk.Key)), Closed: true))];
        store.Write(chunks[0][0].Key.Month, writes, []);
        return chunks;
    }
}
