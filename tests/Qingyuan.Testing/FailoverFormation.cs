using System.Diagnostics;
using Npgsql;

namespace Qingyuan.Testing;

/// <summary>Two real PostgreSQL that follow one another and a monitor that decides which is the primary, by pg_auto_failover, on free loopback ports.</summary>
public sealed class FailoverFormation : IAsyncDisposable
{
    /// <summary>The monitor's patience, whose defaults add up to half a minute.</summary>
    private static readonly string[] Impatient =
    [
        "pgautofailover.health_check_period = 1000", "pgautofailover.health_check_timeout = 1000", "pgautofailover.health_check_retry_delay = 500",
        "pgautofailover.node_considered_unhealthy_timeout = 5000", "pgautofailover.startup_grace_period = 1000", "pgautofailover.primary_demote_timeout = 5000",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("qingyuan-failover-").FullName;
    private readonly int _monitor = FreePort.Next();
    private readonly int[] _nodes = new int[2];
    private readonly Dictionary<string, Process> _keepers = [];

    private FailoverFormation()
    {
    }

    private static string Superuser => PostgresServer.IsRoot ? "postgres" : Environment.UserName;

    private string Monitor => $"postgres://autoctl_node@127.0.0.1:{_monitor}/pg_auto_failover";

    /// <summary>Returns when one is the primary and the other follows it, commits waiting for both.</summary>
    public static async Task<FailoverFormation> StartAsync()
    {
        var formation = new FailoverFormation();
        if (PostgresServer.IsRoot) await PostgresServer.RunPlainAsync("chown", "postgres", formation._folder);
        await formation.AutoctlAsync("create", "monitor", "--pgdata", formation.Data("monitor"), "--pgport", $"{formation._monitor}", "--hostname", "127.0.0.1", "--auth", "trust", "--no-ssl");
        await File.AppendAllLinesAsync(Path.Combine(formation.Data("monitor"), "postgresql.conf"), Impatient);
        formation.Run("monitor");
        await formation.MonitorAnswersAsync();
        for (var node = 0; node < formation._nodes.Length; node++)
        {
            formation._nodes[node] = FreePort.Next();
            await formation.AutoctlAsync(
                "create", "postgres", "--pgdata", formation.Data(Name(node)), "--pgport", $"{formation._nodes[node]}", "--hostname", "127.0.0.1", "--name", Name(node), "--auth", "trust", "--no-ssl", "--monitor", formation.Monitor);
            formation.Run(Name(node));
            if (node is 0) await formation.UntilAsync("single");
        }

        await formation.UntilAsync("primary", "secondary");
        return formation;
    }

    /// <summary>A new empty database; its connection string names both servers.</summary>
    public async Task<string> NewDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(Both("postgres") + ";Target Session Attributes=read-write");
        await connection.OpenAsync();
#pragma warning disable CA2100 // the tests' own words
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return Both(name);
    }

    /// <summary>Ends the first server and its keeper as a loss of power would. Nobody is told.</summary>
    public void KillFirst()
    {
        _keepers[Name(0)].Kill(entireProcessTree: true);
        _keepers[Name(0)].WaitForExit();
    }

    /// <summary>The machine of the first server is back.</summary>
    public void RunFirst() => Run(Name(0));

    /// <summary>Until the monitor knows the servers to be these, in any order.</summary>
    public async Task UntilAsync(params string[] states)
    {
        var patience = Stopwatch.StartNew();
        var now = "not known";
        while (patience.Elapsed < TimeSpan.FromMinutes(3))
        {
            try
            {
                var known = await StatesAsync();
                if (known.SequenceEqual(states.Order(StringComparer.Ordinal))) return;
                now = string.Join(", ", known);
            }
            catch (NpgsqlException error)
            {
                now = error.Message; // a busy monitor
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"The servers are {now}, not {string.Join(", ", states)}.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keeper in _keepers.Values)
        {
            if (!keeper.HasExited) keeper.Kill(entireProcessTree: true);
            await keeper.WaitForExitAsync();
            keeper.Dispose();
        }

        await PostgresServer.RunPlainAsync("rm", "-rf", _folder);
    }

    private static string Name(int node) => $"n{node + 1}";

    private string Data(string name) => Path.Combine(_folder, name);

    private string Both(string database) => $"Host=127.0.0.1:{_nodes[0]},127.0.0.1:{_nodes[1]};Username={Superuser};Database={database};Maximum Pool Size=20";

    private void Run(string name)
    {
        var process = Process.Start(Words("run", "--pgdata", Data(name)))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _keepers[name] = process;
    }

    private async Task AutoctlAsync(params string[] words)
    {
        using var process = Process.Start(Words(words))!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"pg_autoctl {string.Join(' ', words)} ended with {process.ExitCode}: {await said}{await errors}");
    }

    /// <summary>Its notes about its servers lie in this test's folder, not in somebody's home.</summary>
    private ProcessStartInfo Words(params string[] words)
    {
        string[] settings = [$"HOME={_folder}", $"XDG_CONFIG_HOME={_folder}/config", $"XDG_DATA_HOME={_folder}/share", $"XDG_RUNTIME_DIR={_folder}/run", $"PATH={Path.GetDirectoryName(PostgresServer.Program("psql"))}:/usr/bin:/bin"];
        string[] all = ["env", .. settings, "pg_autoctl", .. words];
        if (PostgresServer.IsRoot) all = ["runuser", "-u", "postgres", "--", .. all];
        return new(all[0], all[1..]) { WorkingDirectory = "/tmp", RedirectStandardOutput = true, RedirectStandardError = true };
    }

    private async Task MonitorAnswersAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await StatesAsync();
                return;
            }
            catch (NpgsqlException) when (tries < 600)
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task<IReadOnlyList<string>> StatesAsync()
    {
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_monitor};Username=autoctl_node;Database=pg_auto_failover;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT reportedstate::text FROM pgautofailover.node WHERE reportedstate = goalstate", connection);
        await using var row = await command.ExecuteReaderAsync();
        var states = new List<string>();
        while (await row.ReadAsync()) states.Add(row.GetString(0));
        return [.. states.Order(StringComparer.Ordinal)];
    }
}
