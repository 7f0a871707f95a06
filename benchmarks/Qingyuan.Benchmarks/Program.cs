// The project Qingyuan.Console takes the short name away from the class.
global using Terminal = System.Console;
using System.Globalization;
using System.Net;
using Qingyuan.Benchmarks;
using Qingyuan.Benchmarks.Alarms;
using Qingyuan.Benchmarks.Analysis;
using Qingyuan.Benchmarks.Backup;
using Qingyuan.Benchmarks.Hj212;
using Qingyuan.Benchmarks.Host;
using Qingyuan.Benchmarks.Ingest;
using Qingyuan.Benchmarks.Ledger;
using Qingyuan.Benchmarks.Platform;
using Qingyuan.Benchmarks.Telemetry;

// One line a benchmark file; `./bench decode` runs those whose name contains the word.
(string Name, Func<Task> Run)[] all =
[
    ("hj212.crc", CrcBenchmark.RunAsync),
    ("hj212.decode", DecodeBenchmark.RunAsync),
    ("hj212.encode", EncodeBenchmark.RunAsync),
    ("ingest.durable", IngestBenchmark.RunAsync),
    ("ingest.ack", AckBenchmark.RunAsync),
    ("sessions.clock", SessionBenchmark.RunAsync),
    ("telemetry.chunk", ChunkBenchmark.RunAsync),
    ("telemetry.cold", ColdBenchmark.RunAsync),
    ("telemetry.append", AppendBenchmark.RunAsync),
    ("telemetry.read", ReadBenchmark.RunAsync),
    ("ledger.verify", VerifyBenchmark.RunAsync),
    ("backup", BackupBenchmark.RunAsync),
    ("vault.10gb", BackupBenchmark.LargeAsync),
    ("analysis.overview", OverviewBenchmark.RunAsync),
    ("analysis.sql", SqlBenchmark.RunAsync),
    ("host.start", StartBenchmark.RunAsync),
    ("cluster.takeover", TakeoverBenchmark.RunAsync),
    ("platform", PlatformBenchmark.RunAsync),
    ("alarms", AlarmBenchmark.RunAsync),
    ("stations.20k", ManyStationsBenchmark.FewerAsync),
    ("stations.200k", ManyStationsBenchmark.RunAsync),
];

// The other ends of benchmarks that need a process of its own.
if (args is [GasGateways.Word, var host, var connections, var each])
    return await GasGateways.RunAsync(IPEndPoint.Parse(host), int.Parse(connections, CultureInfo.InvariantCulture), int.Parse(each, CultureInfo.InvariantCulture));
if (args is [AnsweringLoggers.Word, var platform, var count]) return await AnsweringLoggers.RunAsync(IPEndPoint.Parse(platform), int.Parse(count, CultureInfo.InvariantCulture));

// They take many minutes, and one of them 50 GB of disk: only when asked for by name.
string[] large = ["vault.10gb", "stations.200k"];
var chosen = all.Where(one => args.Length == 0 ? !large.Contains(one.Name) : args.Any(word => one.Name.Contains(word, StringComparison.OrdinalIgnoreCase))).ToArray();
if (chosen.Length == 0)
{
    await Terminal.Error.WriteLineAsync($"No benchmark is named like that. There are: {string.Join(", ", all.Select(one => one.Name))}.");
    return 2;
}
foreach (var (_, run) in chosen) await run();
return Bench.AllReached ? 0 : 1;
