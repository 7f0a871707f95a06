using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Benchmarks.Telemetry;

/// <summary>
/// Frames through the log until they are durable, against a plain file that the same bytes, unpacked, are appended to: 64 KiB and a sync each, as
/// the storage design measures; and, harder, the very commits the log made, which under this load are megabytes.
/// </summary>
internal static class AppendBenchmark
{
    private const int Frames = 200_000;
    private const int Runs = 5;
    private const int Block = 64 * 1024;

    public static async Task RunAsync()
    {
        var frames = Enumerable.Range(0, 5000).Select(Frame).ToArray();
        var (ours, blocks, same) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run <= Runs; run++)
        {
            var folder = Directory.CreateTempSubdirectory("qingyuan-bench-");
            try
            {
                var (seconds, commits) = await ThroughTheLogAsync(folder.FullName, frames);
                var bytes = commits.Sum(size => (long)size);
                var inBlocks = Plain(Path.Combine(folder.FullName, "blocks"), [.. Enumerable.Repeat(Block, (int)(bytes / Block)), (int)(bytes % Block)]);
                var inCommits = Plain(Path.Combine(folder.FullName, "commits"), commits);
                if (run == 0) continue; // warm
                ours.Add(bytes / seconds / 1e6);
                blocks.Add(bytes / inBlocks / 1e6);
                same.Add(bytes / inCommits / 1e6);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        Bench.Report("telemetry.append", Bench.Median(ours), "MB/s", limit: Bench.Median(blocks), mustRatio: 0.5);
        Bench.Report("telemetry.append.same-commits", Bench.Median(ours), "MB/s", limit: Bench.Median(same));
    }

    private static async Task<(double Seconds, List<int> Commits)> ThroughTheLogAsync(string folder, byte[][] frames)
    {
        var options = new TelemetryOptions { MinimumFreeBytes = 0 };
        using var metrics = new TelemetryMetrics();
        using var sqlite = new SqliteFrameStore(new(folder));
        var store = new Counting(sqlite);
        using var packers = new BatchPackers(options);
        var committer = new FrameCommitter(store, new SqliteStateStore(new(folder)), new(options.RecentBytes), options, metrics, NullLogger<FrameCommitter>.Instance);
        using var log = new FrameLog(committer, packers, options);
        await log.StartAsync(default);
        var arrival = new FrameArrival(1, "88888880000001", new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), FrameVerdict.Accepted, null, "127.0.0.1:5000");
        var clock = Stopwatch.StartNew();
        FrameReceipt last = default;
        for (var i = 0; i < Frames; i++) last = await log.AppendAsync(arrival, new ReadOnlySequence<byte>(frames[i % frames.Length]), default);
        await last.Durable;
        var seconds = clock.Elapsed.TotalSeconds;
        await log.StopAsync(default);
        return (seconds, store.Commits);
    }

    private static double Plain(string path, List<int> commits)
    {
        var bytes = new byte[commits.Max()];
        new Random(1).NextBytes(bytes);
        var clock = Stopwatch.StartNew();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        foreach (var size in commits)
        {
            file.Write(bytes.AsSpan(0, size));
            file.Flush(flushToDisk: true);
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static byte[] Frame(int number)
    {
        var random = new Random(number);
        var values = string.Join(
            ';', Enumerable.Range(0, 10).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{21_000 + i}-Rtd={20 + (random.NextDouble() * 5):F2},a{21_000 + i}-Flag=N")));
        var body = $"QN=20260301080000{number:000};ST=31;CN=2011;PW=123456;MN=8888888000{number:0000};Flag=5;CP=&&DataTime=20260301080000;{values}&&";
        return Encoding.ASCII.GetBytes($"##{body.Length:0000}{body}A1B2\r\n");
    }

    private sealed class Counting(IFrameStore inner) : IFrameStore
    {
        public long Claim(long atLeast) => inner.Claim(atLeast);

        public List<int> Commits { get; } = [];

        public LogHead ReadHead() => inner.ReadHead();

        public void Append(IReadOnlyList<BatchRow> batches)
        {
            inner.Append(batches);
            Commits.Add(batches.Sum(batch => batch.RawBytes));
        }

        public void Probe() => inner.Probe();

        public BatchRow? Find(long id) => inner.Find(id);

        public IReadOnlyList<BatchRow> ReadAfter(long after, int limit) => inner.ReadAfter(after, limit);

        public (long Free, long Total)? Space() => inner.Space();
    }
}
