using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Qingyuan.Benchmarks.Ingest;
using Qingyuan.Testing;

namespace Qingyuan.Benchmarks.Host;

/// <summary>The serving node of three is killed, or stopped, while 5,000 loggers are connected to all three: how long until the first and until every one of them has an answer again.</summary>
internal static class TakeoverBenchmark
{
    private const int Loggers = 5000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public static async Task RunAsync()
    {
        await KillAsync("cluster.killed", "KILL", must: 15);
        await KillAsync("cluster.hung", "STOP", must: 60);
    }

    private static async Task KillAsync(string bench, string signal, double must)
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var cluster = new Nodes(await postgres.NewDatabaseAsync());
        try
        {
            var start = await cluster.StartAsync(Loggers);
            using var end = new CancellationTokenSource();
            var loggers = Enumerable.Range(0, Loggers).Select(station => new CallingLogger(station, cluster.AddressesFrom(station), Every)).ToArray();
            var running = loggers.Select(logger => logger.RunAsync(end.Token)).ToArray();
            await UntilAsync(() => loggers.All(logger => logger.Answered > 1));
            var connected = cluster.Memory();

            var killed = Stopwatch.GetTimestamp();
            cluster.Signal(signal);
            foreach (var logger in loggers) logger.Expect();
            await UntilAsync(() => loggers.All(logger => logger.AnsweredAgain > 0));
            var back = loggers.Select(logger => Stopwatch.GetElapsedTime(killed, logger.AnsweredAgain).TotalSeconds).Order().ToArray();
            await end.CancelAsync();
            await Task.WhenAll(running);

            var missing = Math.Max(0, loggers.Sum(logger => logger.Answered) - await cluster.FramesAsync());
            // Limit: a node that starts with nobody waiting for it.
            Bench.Report(bench + ".half", back[back.Length / 2], "s", "lower", start);
            Bench.Report(bench + ".all", back[^1], "s", "lower", start, must: must);
            Bench.Report(bench + ".missing", missing, "acknowledged frames", "lower", must: 0);
            Bench.Report(bench + ".memory", connected, "MB in three nodes", "lower");
        }
        finally
        {
            cluster.Stop();
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(20);
    }

    private sealed class Nodes(string database)
    {
        private readonly List<Process> _processes = [];
        private readonly List<IPEndPoint> _addresses = [];
        private readonly string _folder = Directory.CreateTempSubdirectory("qingyuan-bench-cluster-").FullName;

        /// <summary>Files the stations and starts three nodes; returns how long one takes that has nobody to wait for.</summary>
        public async Task<double> StartAsync(int stations)
        {
            var table = Path.Combine(_folder, "stations.csv");
            await File.WriteAllTextAsync(table, "mn,name,kind,edition,password\n" + string.Join('\n', Enumerable.Range(0, stations).Select(station => $"{BenchLogger.Mn(station)},站 {station.ToString(CultureInfo.InvariantCulture)},water,2017,123456")), Encoding.UTF8);
            await File.WriteAllBytesAsync(Path.Combine(_folder, "key"), RandomNumberGenerator.GetBytes(32));
            using (var import = HostProgram.Start(["station", "import", table, "--data", Path.Combine(_folder, "0"), "--db", database], Environment()))
            {
                await import.StandardOutput.ReadToEndAsync();
                await import.WaitForExitAsync();
            }

            var began = Stopwatch.GetTimestamp();
            await AddAsync("ready ");
            var start = Stopwatch.GetElapsedTime(began).TotalSeconds;
            for (var other = 0; other < 2; other++) await AddAsync("standby ");
            return start;
        }

        /// <summary>Each logger knows all three, and prefers one.</summary>
        public IReadOnlyList<IPEndPoint> AddressesFrom(int station) => [.. Enumerable.Range(0, 3).Select(at => _addresses[(station + at) % 3])];

        public void Signal(string signal)
        {
            using var kill = Process.Start("kill", ["-" + signal, _processes[0].Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }

        public double Memory()
        {
            foreach (var process in _processes) process.Refresh();
            return _processes.Sum(process => process.WorkingSet64) / 1e6;
        }

        public async Task<long> FramesAsync()
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT sum(frames) FROM telemetry.frame_batch", connection);
            return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }

        public void Stop()
        {
            foreach (var process in _processes)
            {
                process.Kill();
                process.WaitForExit();
                process.Dispose();
            }

            Directory.Delete(_folder, recursive: true);
        }

        private async Task AddAsync(string word)
        {
            var data = Path.Combine(_folder, _processes.Count.ToString(CultureInfo.InvariantCulture));
            var process = HostProgram.Start(["serve", "--data", data, "--db", database, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0", "--cluster", "127.0.0.1:0"], Environment());
            _processes.Add(process);
            var line = await process.LineAsync(word);
            _addresses.Add(IPEndPoint.Parse(line.Split(' ').Single(part => part.StartsWith("hj212=", StringComparison.Ordinal))["hj212=".Length..]));
        }

        private Dictionary<string, string> Environment() => new() { ["QINGYUAN_KEY_FILE"] = Path.Combine(_folder, "key"), ["QINGYUAN__Ingest__AcceptsPerSecond"] = "5000" };
    }
}
