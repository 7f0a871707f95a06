using System.Diagnostics;
using Npgsql;

namespace Qingyuan.Testing;

/// <summary>A real PostgreSQL of the test run's own: fresh cluster in a temporary folder, free loopback port, gone at the end.</summary>
/// <remarks>Started once per process on first use. As root it runs as the user <c>postgres</c>, because the server refuses root.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Seconds that pg_ctl waits.</summary>
    private const string Patience = "300";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);
    private readonly string _folder;
    private int _port; // once it was started
    private int _databases;
    private int _ended;

    private PostgresServer(string folder) => _folder = folder;

    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>One of its own for a test that looks at the whole server.</summary>
    public static Task<PostgresServer> OwnAsync() => StartAsync();

    /// <summary>A copy that follows this server by streaming, on a port of its own; from its return on, commits wait for it.</summary>
    public async Task<PostgresServer> SynchronousCopyAsync()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-pg-copy-").FullName;
        if (IsRoot) await RunPlainAsync("chown", "postgres", folder);
        var copy = new PostgresServer(folder);
        await RunAsync(Program("pg_basebackup"), "-h", "127.0.0.1", "-p", $"{_port}", "-U", "postgres", "-D", copy.Data, "-R", "-X", "stream", "-c", "fast");
        await copy.StartFirstAsync();
        await ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()");
        // Read anew by the postmaster, who tells the checkpointer, who tells the sessions: it does so before it makes the next checkpoint.
        while (await AskAsync("SHOW synchronous_standby_names") is not "*") await Task.Delay(20);
        await ExecuteAsync("CHECKPOINT");
        return copy;
    }

    /// <summary>Makes the copy the primary, as whoever watches over both does when the old one is dead.</summary>
    public async Task PromoteAsync()
    {
        await RunAsync(Program("pg_ctl"), "-D", Data, "-w", "-t", Patience, "promote");
        await ExecuteAsync("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()"); // there is nobody to wait for
    }

    /// <summary>From now on keeps every finished piece of its log in a folder of its own. Restarts it.</summary>
    public async Task ArchiveAsync()
    {
        await RunAsync("mkdir", Archive);
        await ExecuteAsync("ALTER SYSTEM SET archive_mode = on", $"ALTER SYSTEM SET archive_command = 'test ! -f {Archive}/%f && cp %p {Archive}/%f'");
        await RunAsync(Program("pg_ctl"), "-D", Data, "-m", "fast", "-w", "-t", Patience, "stop");
        await using (var ended = new NpgsqlConnection(Connection("postgres"))) NpgsqlConnection.ClearPool(ended);
        await StartAgainAsync();
    }

    /// <summary>A base backup, to be recovered later.</summary>
    public async Task<PostgresServer> BaseBackupAsync()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-pg-base-").FullName;
        if (IsRoot) await RunPlainAsync("chown", "postgres", folder);
        var copy = new PostgresServer(folder);
        await RunAsync(Program("pg_basebackup"), "-h", "127.0.0.1", "-p", $"{_port}", "-U", "postgres", "-D", copy.Data, "-X", "none", "-c", "fast");
        return copy;
    }

    /// <summary>Starts this base backup with the archived log of the server it came from, as far as that moment, and makes it a server of its own.</summary>
    public async Task RecoverAsync(PostgresServer from, DateTimeOffset moment)
    {
        var settings = $"archive_mode = off\nrestore_command = 'cp {from.Archive}/%f %p'\nrecovery_target_time = '{moment:O}'\nrecovery_target_action = promote\n";
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.auto.conf"), settings);
        await RunAsync("touch", Path.Combine(Data, "recovery.signal"));
        await StartFirstAsync();
        while (await AskAsync("SELECT pg_is_in_recovery()") is true) await Task.Delay(20);
    }

    /// <summary>The moment the server's own clock says.</summary>
    public async Task<DateTimeOffset> NowAsync() => new((DateTime)(await AskAsync("SELECT clock_timestamp()"))!);

    /// <summary>Until the log written so far lies in the archive.</summary>
    public async Task ArchivedAsync()
    {
        var last = (string)(await AskAsync("SELECT pg_walfile_name(pg_switch_wal())"))!;
        while (await AskAsync("SELECT last_archived_wal FROM pg_stat_archiver") is not string archived || string.CompareOrdinal(archived, last) < 0) await Task.Delay(20);
    }

    /// <summary>The database of the same name on this server.</summary>
    public string Same(string database) => new NpgsqlConnectionStringBuilder(database) { Port = _port }.ToString();

    /// <summary>The connection string of one database on whichever of the two is the primary.</summary>
    public string WithCopy(string database, PostgresServer copy) => new NpgsqlConnectionStringBuilder(database) { Host = $"127.0.0.1:{_port},127.0.0.1:{copy._port}" }.ToString();

    /// <summary>Ends it, if this run started it. An assembly fixture does so: the runner gives the process ten seconds to exit, which on a busy machine is not enough for it.</summary>
    public static async ValueTask EndSharedAsync()
    {
        if (Shared.IsValueCreated) await (await Shared.Value).DisposeAsync();
    }

    /// <summary>A new empty database; returns its connection string.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return Connection(name);
    }

    /// <summary>Ends it as a loss of power would: no checkpoint, no good-bye.</summary>
    public Task KillAsync() => RunAsync(Program("pg_ctl"), "-D", Data, "-m", "immediate", "-w", "-t", Patience, "stop");

    /// <summary>Starts it again on the same port; it recovers from its own log.</summary>
    public Task StartAgainAsync() => RunAsync(Program("pg_ctl"), "-D", Data, "-w", "-t", Patience, "-l", Path.Combine(_folder, "log"), "-o", Options, "start");

    /// <summary>Holds every process of it as they are, connections open; true lets them go on.</summary>
    /// <remarks>The postmaster is held first and let go last: until then none begins, and one that ends keeps its number, so no process is missed and none is gone when it is signalled.</remarks>
    public async Task PauseAsync(bool goOn = false)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        if (!goOn) await RunPlainAsync("kill", "-STOP", postmaster);
        using var listing = Process.Start(new ProcessStartInfo("pgrep", ["-P", postmaster]) { RedirectStandardOutput = true })!;
        var children = (await listing.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await RunPlainAsync("kill", [goOn ? "-CONT" : "-STOP", .. children]);
        if (goOn) await RunPlainAsync("kill", "-CONT", postmaster);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await RunAsync(Program("pg_ctl"), "-D", Data, "-m", "immediate", "-t", Patience, "stop");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A free port is not held: whoever comes between may take it, and then another one does.</summary>
    private async Task StartFirstAsync()
    {
        for (var tries = 1; ; tries++)
        {
            _port = FreePort.Next();
            try
            {
                await StartAgainAsync();
                return;
            }
            catch (InvalidOperationException) when (tries < 3)
            {
                // Its log says why.
            }
        }
    }

    private async Task<object?> AskAsync(string question)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
#pragma warning disable CA2100 // the tests' own words
        await using var command = new NpgsqlCommand(question, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    private async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
#pragma warning disable CA2100 // the tests' own words
            await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    private string Data => Path.Combine(_folder, "data");

    private string Archive => Path.Combine(_folder, "archive");

    private string Options => $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{_folder}' -c max_connections=200";

    // Time limits for a machine that stands still for a while.
    private string Connection(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Maximum Pool Size=20;Timeout=120;Command Timeout=120";

    private static async Task<PostgresServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-pg-").FullName;
        if (IsRoot) await RunPlainAsync("chown", "postgres", folder);
        var server = new PostgresServer(folder);
        await RunAsync(Program("initdb"), "-D", server.Data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8");
        await server.StartFirstAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }

    internal static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    internal static string Program(string name)
    {
        var newest = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).FirstOrDefault()
            : null;
        return newest is null ? name : Path.Combine(newest, "bin", name);
    }

    internal static Task RunAsync(string program, params string[] arguments) =>
        IsRoot ? RunPlainAsync("runuser", ["-u", "postgres", "--", program, .. arguments]) : RunPlainAsync(program, arguments);

    internal static async Task RunPlainAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/tmp" })
            ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
