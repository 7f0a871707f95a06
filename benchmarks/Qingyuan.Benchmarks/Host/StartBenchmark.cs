using System.Diagnostics;

namespace Qingyuan.Benchmarks.Host;

/// <summary>From <c>serve</c> of what is already built to the ready line, and the resident memory of the idle platform. A real process each time.</summary>
internal static class StartBenchmark
{
    private const int Runs = 5;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    public static async Task RunAsync()
    {
        var program = HostProgram.Path();
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-start-").FullName;
        try
        {
            // The first start makes keys, schema and accounts; it is shown, the later ones are the figure.
            var first = await ServeAsync(program, folder, TimeSpan.Zero);
            var starts = new List<double>();
            double resident = 0;
            for (var run = 0; run < Runs; run++)
            {
                var (ready, memory) = await ServeAsync(program, folder, run == Runs - 1 ? Idle : TimeSpan.Zero);
                starts.Add(ready);
                resident = memory;
            }

            var bare = await BareAsync(program);
            // Limit of a start: the same runtime loading the same program and doing nothing.
            Bench.Report("host.ready", Bench.Median(starts), "s", "lower", bare, must: 3);
            Bench.Report("host.ready.first", first.Ready, "s", "lower", bare);
            Bench.Report("host.idle-memory", resident, "MB", "lower", must: 250);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Ready, double Memory)> ServeAsync(string program, string folder, TimeSpan idle)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, ["serve", "--data", folder, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith("ready ", StringComparison.Ordinal)) break;
        var ready = clock.Elapsed.TotalSeconds;
        await Task.Delay(idle);
        process.Refresh();
        var memory = process.WorkingSet64 / 1e6;
        process.Kill();
        await process.WaitForExitAsync();
        return (ready, memory);
    }

    /// <summary>The same runtime doing nothing: the limit of any start.</summary>
    private static async Task<double> BareAsync(string program)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })!;
            await process.WaitForExitAsync();
            times.Add(clock.Elapsed.TotalSeconds);
        }

        return Bench.Median(times);
    }
}
