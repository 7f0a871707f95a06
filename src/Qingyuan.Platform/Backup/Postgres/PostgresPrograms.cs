using System.Diagnostics;
using Npgsql;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Backup.Postgres;

/// <summary>The server's own programs: those of the newest release Debian has, else what the path finds.</summary>
internal static class PostgresPrograms
{
    private const string Debian = "/usr/lib/postgresql";
    private const string Account = "postgres";

    /// <summary>What the platform's own connections heed as well.</summary>
    private static readonly HashSet<string> Credentials = ["PGPASSWORD", "PGPASSFILE", "PGSSLCERT", "PGSSLKEY", "PGSSLROOTCERT"];

    /// <summary>The server refuses root, so as root its programs run as the user <c>postgres</c>.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName is "root";

    /// <summary>How to start a program that talks to a running server.</summary>
    public static ProcessStartInfo Client(string program, NpgsqlConnectionStringBuilder server, params string[] arguments)
    {
        var hosts = DatabaseAddress.Hosts(server);
        var start = new ProcessStartInfo(PathOf(program), ["-h", string.Join(',', hosts.Select(each => each.Host)), "-p", string.Join(',', hosts.Select(each => each.Port)), "-U", server.Username ?? Account, "-w", .. arguments]);
        Forget(start, Credentials);
        if (hosts.Count > 1) start.Environment["PGTARGETSESSIONATTRS"] = "primary";
        if (server.Password is { } password) start.Environment["PGPASSWORD"] = password;
        start.Environment["PGSSLMODE"] = server.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() };
        if (server.RootCertificate is { } root) start.Environment["PGSSLROOTCERT"] = root;
        return start;
    }

    /// <summary>Runs a program on a server directory to its end.</summary>
    /// <exception cref="IOException">It is not installed, or ended with an error: its last words are in the message.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = IsRoot ? new ProcessStartInfo("runuser", ["-u", Account, "--", PathOf(program), .. arguments]) : new ProcessStartInfo(PathOf(program), arguments);
        Forget(start, []);
        await RunAsync(program, start, ct);
    }

    /// <summary>Gives a folder to the account the server will run as.</summary>
    public static Task HandOverAsync(string folder, CancellationToken ct) =>
        IsRoot ? RunAsync("chown", new ProcessStartInfo("chown", ["-R", $"{Account}:", folder]), ct) : Task.CompletedTask;

    /// <exception cref="IOException">It is not installed.</exception>
    public static Process Start(string program, ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        start.WorkingDirectory = Path.GetTempPath();
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{program} cannot be run ({error.Message}): install the server's programs on this machine", error);
        }
    }

    private static async Task RunAsync(string program, ProcessStartInfo start, CancellationToken ct)
    {
        using var process = Start(program, start);
        // A server that stays running keeps the pipes: only the program's own end counts.
        var said = process.StandardError.ReadToEndAsync(ct);
        _ = process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode is 0) return;
        throw new IOException($"{program}: {(await said).Trim().ReplaceLineEndings(" ")}");
    }

    /// <summary>The environment may speak of another server: its port, its folder, its options.</summary>
    private static void Forget(ProcessStartInfo start, HashSet<string> kept)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal) && !kept.Contains(name)).ToList()) start.Environment.Remove(name);
    }

    private static string PathOf(string program)
    {
        var newest = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderByDescending(folder => Version(folder)).FirstOrDefault() : null;
        return newest is not null && Path.Combine(newest, "bin", program) is var path && File.Exists(path) ? path : program;
    }

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
}
