using System.Formats.Tar;
using Npgsql;
using Qingyuan.Platform.Backup.Vault;

namespace Qingyuan.Platform.Backup.Postgres;

/// <summary>A server directory from a backup, started for a while on a socket of its own that nobody else can reach.</summary>
internal sealed class RestoredServer : IAsyncDisposable
{
    public const string Folder = "postgres";
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
    }

    /// <summary>Starts it; the log it came with brings it to the end of the backup.</summary>
    /// <param name="directory">The server directory.</param>
    /// <param name="ct">Stops the start.</param>
    /// <exception cref="IOException">It does not start; its own words are in <c>restored.log</c> beside the directory.</exception>
    public static async Task<RestoredServer> StartAsync(string directory, CancellationToken ct)
    {
        // Short, because a socket's path may not be long; private, because the server believes whoever reaches it.
        var socket = Directory.CreateTempSubdirectory("qy-").FullName;
        var settings = Path.Combine(socket, "restored.conf");
        await File.WriteAllTextAsync(settings, $"data_directory = '{directory}'\nhba_file = '{socket}/hba.conf'\nident_file = '{socket}/ident.conf'\nlisten_addresses = ''\nunix_socket_directories = '{socket}'\narchive_mode = off\n", ct);
        await File.WriteAllTextAsync(Path.Combine(socket, "hba.conf"), "local all all trust\n", ct);
        await File.WriteAllTextAsync(Path.Combine(socket, "ident.conf"), "", ct);
        await PostgresPrograms.HandOverAsync(socket, ct);
        var server = new RestoredServer(directory, socket);
        var started = false;
        try
        {
            await PostgresPrograms.RunAsync("pg_ctl", ["-D", directory, "-w", "-t", "7200", "-s", "-l", Path.Combine(socket, "restored.log"), "-o", $"-c config_file={settings}", "start"], ct);
            started = true;
            return server;
        }
        finally
        {
            if (!started) await server.DisposeAsync();
        }
    }

    /// <summary>Connection string to the platform's database in it.</summary>
    public string Connection(ServerLogin login) => new NpgsqlConnectionStringBuilder { Host = _socket, Username = login.User, Database = login.Database }.ToString();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(_directory, "postmaster.pid"))) await PostgresPrograms.RunAsync("pg_ctl", ["-D", _directory, "-m", "fast", "-w", "-s", "stop"], CancellationToken.None);
        Directory.Delete(_socket, recursive: true);
    }
}
