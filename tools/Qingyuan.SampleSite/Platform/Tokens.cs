using System.Diagnostics;

namespace Qingyuan.SampleSite.Platform;

/// <summary>Asks the platform's own command line for tokens, as an administrator on this machine would.</summary>
internal sealed class Tokens(string program, string data)
{
    public async Task<string> CreateAsync(string role, CancellationToken ct, string? user = null)
    {
        string[] arguments = ["token", "create", "--role", role, "--data", data, "--days", "7", .. user is null ? Array.Empty<string>() : ["--user", user]];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new IOException($"{program} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new IOException($"token create --role {role} ended with {process.ExitCode}.");
        return output.Trim().Split('\n')[^1].Trim();
    }
}
