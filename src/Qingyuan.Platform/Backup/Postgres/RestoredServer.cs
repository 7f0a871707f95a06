using System.Formats.Tar;
using Npgsql;
using Qingyuan.Platform.Backup.Vault;

namespace Qingyuan.Platform.Backup.Postgres;

/// <summary>A server directory from a backup, started for a while on a socket of its own that nobody else can reach.</summary>
internal sealed class RestoredServer : IAsyncDisposable
{
    public const string Folder = "postgres";
    private const int Words = 5;
    private readonly string _directory;
    private readonly string _socket;

    private RestoredServer(string directory, string socket) => (_directory, _socket) = (directory, socket);

    /// <summary>Unpacks the server directory and holds it against the manifest that <c>pg_basebackup</c> wrote.</summary>
    /// <exception cref="IOException">Damaged, or the server's programs are missing.</exception>
    public static async Task UnpackAsync(VaultStream tar, string directory, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await TarFile.ExtractToDirectoryAsync(tar, directory, overwriteFiles: false, ct);
        tar.Finish();
        await PostgresPrograms.HandOverAsync(directory, ct);
        await PostgresPrograms.RunAsync("pg_verifybackup", ["--quiet", directory], ct);
        File.Delete(Path.Combine(directory, "backup_manifest")); // it speaks of files that the first start changes
        // Of a copy that followed another server: this one must not.
        foreach (var signal in (string[])["standby.signal", "recovery.signal"]) File.Delete(Path.Combine(directory, signal));
    }

    /// <summary>Starts it; the log it came with brings it to the end of the backup.</summary>
    /// <param name="directory">The server directory.</param>
    /// <param name="ct">Stops the start.</param>
    /// <exception cref="IOException">It does not start; its own last words are in the message.</exception>
    public static async Task<RestoredServer> StartAsync(string directory, CancellationToken ct)
    {
        // Short, because a socket's path may not be long; private, because the server believes whoever reaches it.
        var socket = Directory.CreateTempSubdirectory("qy-").FullName;
        var server = new RestoredServer(directory, socket);
        var (started, log) = (false, Path.Combine(socket, "restored.log"));
        try
        {
            var options = await RestoredSettings.WriteAsync(socket, ct);
            await PostgresPrograms.HandOverAsync(socket, ct);
            await PostgresPrograms.RunAsync("pg_ctl", ["-D", directory, "-w", "-t", "7200", "-s", "-l", log, "-o", options, "start"], ct);
            started = true;
            return server;
        }
        catch (IOException error) when (File.Exists(log))
        {
            throw new IOException($"the server of the backup does not start: {LastWords(log)} ({error.Message})", error);
        }
        finally
        {
            if (!started) await server.DisposeAsync();
        }
    }

    /// <summary>Connection string to the platform's database in it. Whatever the environment says of another server does not count.</summary>
    public string Connection(ServerLogin login) =>
        new NpgsqlConnectionStringBuilder { Host = _socket, Port = RestoredSettings.Port, Username = login.User, Database = login.Database, SslMode = SslMode.Disable, Options = "-c statement_timeout=0" }.ToString();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(_directory, "postmaster.pid"))) await PostgresPrograms.RunAsync("pg_ctl", ["-D", _directory, "-m", "fast", "-w", "-s", "stop"], CancellationToken.None);
        Directory.Delete(_socket, recursive: true);
    }

    private static string LastWords(string log) => string.Join(" ", File.ReadLines(log).Where(line => line.Trim().Length > 0).TakeLast(Words)).Trim();
}
