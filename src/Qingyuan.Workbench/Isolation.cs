using System.Diagnostics;

namespace Qingyuan.Workbench;

/// <summary>An analyst's question must never take from a logger's answer.</summary>
internal static class Isolation
{
    private const string Most = "1000";

    /// <summary>Lowers this process' priority, before other threads inherit it, and offers it first when memory runs out.</summary>
    public static void StepBack()
    {
        try
        {
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
            if (OperatingSystem.IsLinux()) File.WriteAllText("/proc/self/oom_score_adj", Most);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            // A container may forbid it; the limits of the order hold all the same.
        }
    }

    /// <summary>Ends the process with the platform: the pipe closes when its other end dies.</summary>
    public static void EndWith(TextReader platform) => new Thread(() =>
    {
        while (platform.ReadLine() is not null)
        {
        }

        Environment.Exit(0);
    }) { IsBackground = true }.Start();
}
