using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Qingyuan.Benchmarks.Platform;

/// <summary>Gateways in a process of their own, each speaking for several stations over one connection; sockets of both ends would not fit one. Each line on standard input has every station send a frame; the answer is the seconds until all were acknowledged.</summary>
internal static class GasGateways
{
    public const string Word = "gas-gateways";
    private const int ConnectingAtOnce = 64;

    public static Process Start(IPEndPoint platform, int connections, int stations) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [Word, platform.ToString(), Text(connections), Text(stations / connections)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>One frame of each station; the first time the gateways also connect.</summary>
    /// <returns>Seconds until all were acknowledged.</returns>
    public static async Task<double> SendAsync(Process gateways)
    {
        await gateways.StandardInput.WriteLineAsync("send");
        return double.Parse(await gateways.StandardOutput.ReadLineAsync() ?? throw new IOException("The gateways are gone."), CultureInfo.InvariantCulture);
    }

    /// <summary>The other end.</summary>
    public static async Task<int> RunAsync(IPEndPoint platform, int connections, int each)
    {
        var gateways = Enumerable.Range(0, connections).Select(at => new GasLogger(at * each, each, each)).ToArray();
        for (var isFirst = true; await Terminal.In.ReadLineAsync() is not null; isFirst = false)
        {
            var clock = Stopwatch.StartNew();
            if (isFirst) await Parallel.ForEachAsync(gateways, new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce }, async (gateway, _) => await gateway.ConnectAsync(platform));
            await Task.WhenAll(gateways.Select(gateway => gateway.SendAsync(each)));
            await Terminal.Out.WriteLineAsync(clock.Elapsed.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
