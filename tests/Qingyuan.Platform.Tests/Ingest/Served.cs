using System.Diagnostics;
using System.Net;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>The real <c>qingyuan serve</c> as a process, to be killed.</summary>
internal sealed class Served : IDisposable
{
    private readonly Process _process;

    private Served(Process process) => _process = process;

    public Uri Http { get; private set; } = null!;

    public IPEndPoint Hj212 { get; private set; } = null!;

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<Served> StartAsync(string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var served = Start(folder, environment);
        await served.ReadyAsync();
        return served;
    }

    public static Served Start(string folder, IReadOnlyDictionary<string, string>? environment = null) =>
        new(Launch(["serve", "--data", folder, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0"], environment));

    public Task ReadyAsync() => AddressesAsync("ready ");

    /// <summary>Another node serves, and this one brings it what comes to its own addresses.</summary>
    public Task StandsByAsync() => AddressesAsync("standby ");

    /// <param name="hear">Told each line of standard error.</param>
    public static Process Launch(string[] arguments, IReadOnlyDictionary<string, string>? environment = null, Action<string?>? hear = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "qingyuan.exe" : "qingyuan");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["QINGYUAN__Ingest__NobodyNewAfter"] = "00:10:00"; // a machine that stands still for a while turns no logger away
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("qingyuan did not start.");
        process.ErrorDataReceived += (_, line) => hear?.Invoke(line.Data); // read in any case: an unread pipe would stop it
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Signal 9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private async Task AddressesAsync(string word)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(word, StringComparison.Ordinal)) continue;
            (Http, Hj212) = (new(Address(line, "http=")), IPEndPoint.Parse(Address(line, "hj212=")));
            return;
        }

        throw new InvalidOperationException($"qingyuan serve ended before it said {word}.");
    }

    private static string Address(string line, string name) => line.Split(' ').Single(word => word.StartsWith(name, StringComparison.Ordinal))[name.Length..];
}
