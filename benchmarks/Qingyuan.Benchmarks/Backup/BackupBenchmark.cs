using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Qingyuan.Benchmarks.Ingest;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Restoring;
using Qingyuan.Platform.Backup.Taking;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Benchmarks.Backup;

/// <summary>Packed frames: taken, taken again, written back; and what a backup costs those who wait for an answer meanwhile.</summary>
internal static class BackupBenchmark
{
    public static Task RunAsync() => RowsAsync("backup", 512);

    /// <summary>Needs 50 GB of disk.</summary>
    public static Task LargeAsync() => RowsAsync("vault.10gb", 10_240);

    private static async Task RowsAsync(string name, int megabytes)
    {
        var root = Directory.CreateTempSubdirectory("qingyuan-bench-backup-").FullName;
        try
        {
            var data = new DataDirectory(Path.Combine(root, "data"));
            Fill(data, megabytes);
            var (key, taker, vault) = (VaultKey.Generate(), Taker(data, 0), Path.Combine(root, "vault"));
            var copy = Speed(megabytes, () => Copy(data, Path.Combine(root, "copy")));
            BackupInfo? taken = null;
            Bench.Report(name + ".first", Speed(megabytes, () => taken = taker.Take(vault, BackupKind.Manual, key, default)), "MB/s", limit: copy);
            Bench.Report(name + ".again", Speed(megabytes, () => taken = taker.Take(vault, BackupKind.Manual, key, default)), "MB/s", limit: copy);
            var restored = Speed(megabytes, () => FileRestorer.Write(vault, key, Manifest.Read(taken!.Path, key), Path.Combine(root, "restored"), Pace.Full, default));
            Bench.Report(name + ".restore", restored, "MB/s", limit: copy);
            Bench.Report(name + ".restore.time", megabytes / restored, "s", "lower", must: 900);
            await BesideAsync(name, data, root);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>The 99th of a hundred answers while backups are taken one after another, beside the same without.</summary>
    private static async Task BesideAsync(string name, DataDirectory data, string root)
    {
        double alone, beside;
        await using (var server = await BenchServer.StartAsync(storing: true)) alone = P99((await AckBenchmark.MeasureAsync(server)).Milliseconds);
        await using (var server = await BenchServer.StartAsync(storing: true))
        {
            using var end = new CancellationTokenSource();
            var backups = Task.Run(() => TakeUntil(data, root, end.Token));
            beside = P99((await AckBenchmark.MeasureAsync(server)).Milliseconds);
            await end.CancelAsync();
            await backups;
        }

        Bench.Report(name + ".ack.p99", beside, "ms", "lower", limit: alone, must: 100, mustRatio: 2);
    }

    private static void TakeUntil(DataDirectory data, string root, CancellationToken ct)
    {
        var (key, round) = (VaultKey.Generate(), 0);
        try
        {
            while (true) Taker(data, new BackupOptions().BytesPerSecond).Take(Path.Combine(root, $"beside-{round++}"), BackupKind.Automatic, key, ct);
        }
        catch (OperationCanceledException)
        {
            // measured
        }
    }

    private static double P99(double[] ascending) => ascending[ascending.Length * 99 / 100];

    private static BackupTaker Taker(DataDirectory data, long bytesPerSecond) =>
        new(data, new PersistenceOptions(null, data.Database), new NothingCold(), new MonthGuard(new(data, new())), new(new NothingCold(), data), Options.Create(new BackupOptions { BytesPerSecond = bytesPerSecond }), TimeProvider.System);

    private static double Speed(int megabytes, Action act)
    {
        var watch = Stopwatch.StartNew();
        act();
        return megabytes / watch.Elapsed.TotalSeconds;
    }

    private static void Fill(DataDirectory data, int megabytes)
    {
        using var store = new SqliteFrameStore(new(data.Telemetry));
        // Packed frames look like chance to whoever packs them again.
        for (var id = 1L; id <= megabytes; id++) store.Append([new BatchRow(id, 0, 0, 1, 1 << 20, new byte[32], new byte[32], 1, RandomNumberGenerator.GetBytes(1 << 20))]);
    }

    private static void Copy(DataDirectory data, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(data.Telemetry))
        {
            using var source = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(target, 1 << 20);
            target.Flush(flushToDisk: true);
        }
    }

    /// <summary>A store that has moved nothing yet.</summary>
    private sealed class NothingCold : IColdTier, IStorageStatus
    {
        public string Folder => Path.Combine(Path.GetTempPath(), "qingyuan-bench-no-cold");

        public IReadOnlyList<ColdPart> Parts() => [];

        public Task<StorageStatus> NowAsync(CancellationToken ct) => throw new NotSupportedException();

        public long? Spare() => null;

        public Task<ColdRun> RunAsync(CancellationToken ct) => Task.FromResult(new ColdRun([], [], []));
    }
}
