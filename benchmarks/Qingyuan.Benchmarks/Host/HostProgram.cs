using System.Diagnostics;

namespace Qingyuan.Benchmarks.Host;

/// <summary>The platform's program as it was built beside the benchmarks.</summary>
internal static class HostProgram
{
    public static string Path()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = System.IO.Path.Combine(at.FullName, "src/Qingyuan.Host/bin/Release/net10.0/qingyuan");
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException("Build src/Qingyuan.Host first.");
    }

    public static Process Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Path(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        process.ErrorDataReceived += (_, _) => { }; // an unread pipe would stop it
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The first line that begins so.</summary>
    public static async Task<string> LineAsync(this Process process, string word)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(word, StringComparison.Ordinal)) return line;
        throw new InvalidOperationException($"It ended before it said {word}.");
    }
}
