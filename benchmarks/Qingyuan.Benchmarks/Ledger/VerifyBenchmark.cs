using System.Diagnostics;
using System.Text.Json.Nodes;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Signing;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;

namespace Qingyuan.Benchmarks.Ledger;

/// <summary>Re-reading a whole log of 100,000 entries on all cores, against checking its source signatures alone; and one bundle as an outsider checks it.</summary>
internal static class VerifyBenchmark
{
    private const int Entries = 100_000;
    private const string Origin = "bench.example/log/1";
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));

    public static Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-");
        try
        {
            var disk = new PhysicalDisk(folder.FullName);
            var keys = new LogKeys(Origin, PrivateKey.Generate(KeyAlgorithm.Ed25519), PrivateKey.Generate(KeyAlgorithm.Sm2), [PrivateKey.Generate(KeyAlgorithm.Ed25519)]);
            Write(disk, keys);
            Report(disk, keys);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    private static void Report(PhysicalDisk disk, LogKeys keys)
    {
        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var report = LogVerifier.Run(disk);
        var (seconds, processor) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        if (!report.Ok || report.Size != Entries) throw new InvalidOperationException("The benchmark's own log does not verify.");
        Bench.Report("ledger.verify", Entries / seconds, "entries/s", limit: Signatures(disk, keys.Public));
        Bench.Report("ledger.verify.processor", processor * 1e6 / Entries, "us/entry", "lower");

        var bundle = ProofBundle.Create(new LogReader(disk), Entries / 3)!;
        var each = Bench.PerSecond(() => ProofBundle.Verify(bundle, keys.Public)!.Ok ? 1 : throw new InvalidOperationException("A bundle does not verify."));
        Bench.Report("ledger.bundle.verify", 1000 / each, "ms", "lower", must: 5);
    }

    /// <summary>Source signatures checked a second on all cores, and nothing else: no verification can be faster.</summary>
    private static double Signatures(PhysicalDisk disk, LogKeyring keys)
    {
        Envelope[] envelopes = [.. new LogReader(disk).Envelopes(0).Take(Entries / 5).Select(stored => Envelope.TryRead(stored.Bytes, out var envelope) ? envelope! : throw new InvalidOperationException("not an envelope"))];
        var watch = Stopwatch.StartNew();
        Parallel.ForEach(envelopes, envelope =>
        {
            if (!envelope.IsSignedBy(keys.Sources)) throw new InvalidOperationException("not signed");
        });
        return envelopes.Length / watch.Elapsed.TotalSeconds;
    }

    private static void Write(PhysicalDisk disk, LogKeys keys)
    {
        using var log = EvidenceLog.Open(disk, keys, TimeProvider.System);
        foreach (var numbers in Enumerable.Range(0, Entries).Chunk(256))
        {
            log.Append([.. numbers.Select(Draft)]);
            log.Seal();
        }
    }

    private static LogEntry Draft(int number) => new()
    {
        Kind = "om.work-order.repair",
        Org = "ORG",
        Site = $"outlet:P-DA{number % 50:000}",
        At = s_start.AddSeconds(number),
        Actor = new JsonObject { ["id"] = "u:li", ["role"] = "technician", ["auth"] = "totp" },
        Body = new JsonObject { ["number"] = $"W-0301-{number}", ["state"] = "repaired", ["fields"] = new JsonObject { ["part"] = "O-ring", ["note"] = "采样管路接头密封圈老化，更换后做全程通标气检查，读数稳定。" } },
        Salt = new byte[LogEntry.SaltLength],
        Ref = new JsonObject { ["entry"] = $"{number}" },
    };
}
