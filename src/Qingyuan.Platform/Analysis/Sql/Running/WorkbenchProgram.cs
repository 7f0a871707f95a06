using System.Diagnostics;
using System.Globalization;

namespace Qingyuan.Platform.Analysis.Sql.Running;

/// <summary>How the child is started: nothing of this process' surroundings goes with it.</summary>
internal static class WorkbenchProgram
{
    private const long HeapBytes = 256L << 20;

    public static string Usual => Path.Combine(AppContext.BaseDirectory, "workbench", OperatingSystem.IsWindows() ? "qingyuan-workbench.exe" : "qingyuan-workbench");

    /// <param name="program">Path of the program.</param>
    /// <param name="folder">Its working directory: the files handed over and nothing else.</param>
    public static ProcessStartInfo In(string program, string folder)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        // Connection strings, keys and proxies of the platform's own environment stay here.
        start.Environment.Clear();
        foreach (var (name, value) in Environs()) start.Environment[name] = value;
        return start;
    }

    private static IEnumerable<(string Name, string Value)> Environs()
    {
        yield return ("DOTNET_ROOT", RuntimeRoot());
        yield return ("DOTNET_EnableDiagnostics", "0");
        yield return ("DOTNET_GCHeapHardLimit", "0x" + HeapBytes.ToString("x", CultureInfo.InvariantCulture));
        // Windows finds its own libraries by it.
        if (OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("SystemRoot") is { } root) yield return ("SystemRoot", root);
    }

    // …/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll
    private static string RuntimeRoot() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
}
