using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Qingyuan.Browser.Tests.Peers;

/// <summary>The built <c>qingyuan</c> as its own process, as people start it.</summary>
internal sealed partial class PlatformProcess : IAsyncDisposable
{
    private static readonly string Binary = Repo.Path("src", "Qingyuan.Host", "bin", "Release", "net10.0", "qingyuan");
    private static readonly string KeyCopies = Directory.CreateTempSubdirectory("qingyuan-key-copies-").FullName;
    private readonly Process _process;

    private PlatformProcess(Process process, Uri http, IPEndPoint hj212, IReadOnlyDictionary<string, string> firstSignIn) =>
        (_process, Http, Hj212, FirstSignIn) = (process, http, hj212, firstSignIn);

    public Uri Http { get; }

    public IPEndPoint Hj212 { get; }

    public IReadOnlyDictionary<string, string> FirstSignIn { get; }

    public static Task<PlatformProcess> StartAsync(string data) => StartAsync("serve", "--data", data, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0", "--sample");

    /// <summary>One of several nodes on a PostgreSQL, with the key all of them share: the first serves, each later one waits and brings what comes to it.</summary>
    public static Task<PlatformProcess> StartNodeAsync(string database, string wrappingKey)
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-node-").FullName;
        Directory.CreateDirectory(Path.Combine(data, "keys"));
        File.Copy(wrappingKey, Path.Combine(data, "keys", "wrapping.key"));
        return StartAsync("serve", "--data", data, "--db", database, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0", "--cluster", "127.0.0.1:0", "--sample");
    }

    /// <summary>Signal 9.</summary>
    public void Kill() => _process.Kill();

    private static async Task<PlatformProcess> StartAsync(params string[] arguments)
    {
        var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        Dictionary<string, string> secrets = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["first-sign-in", var name, var password]) secrets[name] = password;
            if (Open().Match(line) is not { Success: true } open) continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new(process, new(open.Groups[1].Value), IPEndPoint.Parse(open.Groups[2].Value), secrets);
        }
        throw new InvalidOperationException($"{Binary} ended before it was ready: {await errors}");
    }

    /// <summary>Runs one verb to its end.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode is 0, $"qingyuan {arguments[0]}: {await output}{await errors}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await stop.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await _process.WaitForExitAsync(patience.Token).ContinueWith(_ => _process.Kill(), TaskContinuationOptions.OnlyOnCanceled).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        _process.Dispose();
    }

    private static Process Start(params string[] arguments)
    {
        if (!File.Exists(Binary)) throw new FileNotFoundException("Build the host first: dotnet build -c Release", Binary);
        var start = new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["QINGYUAN__Backup__KeyCopies"] = KeyCopies; // not into the home of whoever runs the tests
        start.Environment["QINGYUAN__Security__SignInsPerMinute"] = "1000"; // the tests sign in faster than people do, all from one address
        // A machine that stands still for a while sheds nobody and asks nothing twice: what does is tested elsewhere.
        start.Environment["QINGYUAN__Ingest__HistoryWaitsAfter"] = start.Environment["QINGYUAN__Ingest__NobodyNewAfter"] = "00:10:00";
        start.Environment["QINGYUAN__RemoteControl__OverTime"] = "00:05:00";
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"^(?:ready|standby) .*?http=(\S+) hj212=(\S+)")]
    private static partial Regex Open();
}
