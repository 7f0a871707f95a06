using System.Diagnostics;
using System.Net;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>The real <c>qingyuan serve</c> as a process, to be killed.</summary>
internal sealed class Served : IDisposable
{
    private readonly Process _process;

    private Served(Process process, Uri http, IPEndPoint hj212) => (_process, Http, Hj212) = (process, http, hj212);

    public Uri Http { get; }

    public IPEndPoint Hj212 { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<Served> StartAsync(string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = Launch(["serve", "--data", folder, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0"], environment);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Split(' ') is ["ready", var http, var hj212]) return new(process, new(http["http=".Length..]), IPEndPoint.Parse(hj212["hj212=".Length..]));
        throw new InvalidOperationException("qingyuan serve ended before it was ready.");
    }

    public static Process Launch(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "qingyuan.exe" : "qingyuan");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("qingyuan did not start.");
        process.ErrorDataReceived += (_, _) => { }; // an unread pipe would stop it
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
}
