using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Benchmarks.Telemetry;

/// <summary>Packing and unpacking chunks against copying the unpacked values; bytes a point on disk against the source's entropy.</summary>
internal static class ChunkBenchmark
{
    private const int Stations = 100;
    private const int Hours = 48;
    private const int Month = (2026 * 12) + 2;

    private static readonly DateTime s_start = new(2026, 3, 1);

    public static Task RunAsync()
    {
        Speed();
        Size();
        return Task.CompletedTask;
    }

    private static void Speed()
    {
        var codes = new CodeBook([]);
        var chunks = Enumerable.Range(1, Stations).Select(number => new SyntheticStation(number).Hour(s_start)).ToArray();
        var encoder = new ChunkEncoder();
        var packed = chunks.Select(chunk => encoder.Encode(chunk, codes)).ToArray();
        var values = chunks.Select(chunk => chunk.Columns.SelectMany(column => column.Mantissas.ToArray()).ToArray()).ToArray();
        var target = new int[SyntheticStation.PointsAnHour];
        var speed = Bench.PerSecond(
        [
            () => Each(at => encoder.Encode(chunks[at], codes)),
            () => Each(at => ChunkDecoder.Decode(chunks[at].Key, packed[at], codes)),
            () => Each(at => values[at].CopyTo(target, 0)),
        ]);
        Bench.Report("telemetry.chunk.encode", speed[0] / 1e6, "M points/s", limit: speed[2] / 1e6, must: 100);
        Bench.Report("telemetry.chunk.decode", speed[1] / 1e6, "M points/s", limit: speed[2] / 1e6, must: 200);
    }

    private static void Size()
    {
        var entropy = SyntheticStation.Entropy;
        Bench.Report("telemetry.chunk.bytes-per-point", OnDisk(frameReferences: true), "B", "lower", entropy, must: 1.5);
        Bench.Report("telemetry.chunk.bytes-per-point-without-frames", OnDisk(frameReferences: false), "B", "lower", entropy);
    }

    /// <summary>Size of the whole file, index and free space included, by closed points in it.</summary>
    private static double OnDisk(bool frameReferences)
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-");
        try
        {
            var files = new SqliteFiles(folder.FullName);
            var store = new SqliteChunkStore(files);
            var stations = Enumerable.Range(1, Stations).Select(number => new SyntheticStation(number)).ToArray();
            var encoder = new ChunkEncoder();
            for (var hour = 0; hour < Hours; hour++)
            {
                var chunks = stations.Select(station => station.Hour(s_start.AddHours(hour), frameReferences)).ToArray();
                ChunkWrite[] writes = [.. chunks.Select(chunk => new ChunkWrite(chunk.Key, encoder.Encode(chunk, store.Codes(chunk.Key)), Closed: true))];
                store.Write(chunks[0].Key.Month, writes, []);
            }

            SqliteConnection.ClearAllPools();
            return (double)new FileInfo(files.Path("chunks", Month)).Length / ((long)Stations * Hours * SyntheticStation.PointsAnHour);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A round of all stations: reading the clock once for each chunk would take a good part of the time.</summary>
    private static long Each(Action<int> work)
    {
        for (var at = 0; at < Stations; at++) work(at);
        return Stations * SyntheticStation.PointsAnHour;
    }
}
