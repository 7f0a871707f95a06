using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Qingyuan.Hj212.Framing;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>Two real processes on one real PostgreSQL: one serves, the other takes over.</summary>
public sealed class StandbyTests
{
    private const string Mn = "STANDBY000000000000000001";
    private static readonly Dictionary<string, string> Settings = new() { ["QINGYUAN__NodeSilence"] = "00:00:03", ["QINGYUAN_KEY_FILE"] = NewKey() };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_is_killed_is_followed_by_the_one_that_waited_and_no_acknowledged_frame_is_lost()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        await first.AddStationAsync(Mn);
        using var second = await Node.StartAsync(database);
        await second.StandsByAsync();
        var acknowledged = await SendAsync(first, 0, 200);

        first.Kill();
        await second.ReadyAsync();
        acknowledged += await SendAsync(second, 200, 200);

        Assert.Equal(400, acknowledged);
        Assert.Equal(400, await FramesAsync(database));
    }

    [Fact]
    public async Task A_node_that_hangs_loses_its_place_and_stops_when_it_wakes()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        using var second = await Node.StartAsync(database);
        await second.StandsByAsync();

        first.Signal("STOP");
        await second.ReadyAsync();
        first.Signal("CONT");

        Assert.Equal(3, await first.ExitAsync());
        Assert.Contains("another node serves", first.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_waits_ends_in_order_when_it_is_told_to()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        using var second = await Node.StartAsync(database);
        await second.StandsByAsync();
        Assert.Equal([true, false], (await LookAsync(database))!.Nodes.Select(node => node.Serves));

        second.Signal("TERM");

        Assert.Equal(0, await second.ExitAsync());
        first.Signal("TERM");
        Assert.Equal(0, await first.ExitAsync());
    }

    [Fact]
    public async Task A_server_that_restarts_does_not_cost_the_node_its_place()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        await first.AddStationAsync(Mn);
        await SendAsync(first, 0, 10);

        await postgres.KillAsync();
        await postgres.StartAgainAsync();

        await Eventually.That(async () => await TrySendAsync(first, 10) is 1);
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task A_database_that_dies_under_load_is_followed_by_its_synchronous_copy_and_no_acknowledged_frame_is_lost()
    {
        await using var primary = await PostgresServer.OwnAsync();
        var alone = await primary.NewDatabaseAsync();
        await using var copy = await primary.SynchronousCopyAsync();
        var database = primary.WithCopy(alone, copy);
        using var node = await Node.StartAsync(database);
        await node.ReadyAsync();
        await node.AddStationAsync(Mn);
        var cluster = (await LookAsync(database))!;
        Assert.True(Assert.Single(cluster.Nodes).Serves);
        Assert.Equal(("streaming", true), (Assert.Single(cluster.Replicas).State, cluster.Replicas[0].IsSynchronous));

        var acknowledged = await SendAsync(node, 0, 200);
        using var end = new CancellationTokenSource();
        var sending = SendUntilAsync(node, 200, end.Token);
        await primary.KillAsync();
        await copy.PromoteAsync();
        await Eventually.That(async () => await TrySendAsync(node, 1_000_000) is 1);
        await end.CancelAsync();
        acknowledged += await sending + 1;

        NpgsqlConnection.ClearAllPools(); // this process' own to the dead one
        Assert.False(node.HasExited);
        Assert.True(await FramesAsync(database) >= acknowledged, "An acknowledged frame is missing.");
        Assert.Empty((await LookAsync(database))!.Replicas);
    }

    [Fact]
    public async Task A_node_with_another_wrapping_key_says_so_instead_of_waiting()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        using var second = await Node.StartAsync(database, NewKey());

        Assert.Equal(3, await second.ExitAsync());
        Assert.Contains("QINGYUAN_KEY_FILE", second.Errors, StringComparison.Ordinal);
    }

    private static Task<ClusterView?> LookAsync(string database) => new Platform.Shared.Persistence.Cluster(new(database, "")).LookAsync(Ct);

    /// <summary>Frame after frame, over a new connection when one is of no use; how many were answered with 9014.</summary>
    private static async Task<int> SendUntilAsync(Node node, int from, CancellationToken end)
    {
        var answered = 0;
        for (var number = from; !end.IsCancellationRequested; number++) answered += await TrySendAsync(node, number);
        return answered;
    }

    private static string NewKey()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-key-").FullName, "wrapping.key");
        File.WriteAllBytes(file, System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        return file;
    }

    /// <summary>Frames one after another over one connection; how many were answered with 9014.</summary>
    private static async Task<int> SendAsync(Node node, int from, int count)
    {
        using var logger = await Logger.ConnectAsync(node.Hj212);
        var answered = 0;
        for (var number = from; number < from + count; number++)
        {
            await logger.SendAsync(Frame(number));
            if (await logger.TryReadAsync() is { } answer && answer.Contains("CN=9014", StringComparison.Ordinal)) answered++;
        }

        return answered;
    }

    private static async Task<int> TrySendAsync(Node node, int number)
    {
        try
        {
            return await SendAsync(node, number, 1).WaitAsync(TimeSpan.FromSeconds(5), Ct);
        }
        catch (Exception error) when (error is IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return 0;
        }
    }

    private static string Frame(int number)
    {
        var at = new DateTime(2026, 11, 20).AddSeconds(number).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var segment = $"QN={at}{number % 1000:D3};ST=31;CN=2011;PW=123456;MN={Mn};Flag=5;CP=&&DataTime={at};a21002-Rtd={number}.5,a21002-Flag=N&&";
        return $"##{segment.Length:D4}{segment}{Crc16.Compute(Encoding.ASCII.GetBytes(segment)):X4}\r\n";
    }

    private static async Task<long> FramesAsync(string database)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(DatabaseAddress.Primary(database)) { Pooling = false }.ToString()); // of servers that are there now
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("SELECT sum(frames) FROM telemetry.frame_batch", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture);
    }

    /// <summary>One <c>qingyuan serve --db</c> with a data directory of its own.</summary>
    private sealed class Node : IDisposable
    {
        private readonly Process _process;
        private readonly string _database;
        private readonly StringBuilder _errors = new();

        private Node(Process process, string data, string database) => (_process, Data, _database) = (process, data, database);

        public string Data { get; }

        public string Errors => _errors.ToString();

        public bool HasExited => _process.HasExited;

        public System.Net.IPEndPoint Hj212 { get; private set; } = null!;

        public static Task<Node> StartAsync(string database, string? key = null)
        {
            var data = Directory.CreateTempSubdirectory("qingyuan-node-").FullName;
            var node = new Node(Served.Launch(["serve", "--data", data, "--db", database, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0"], new Dictionary<string, string>(Settings) { ["QINGYUAN_KEY_FILE"] = key ?? Settings["QINGYUAN_KEY_FILE"] }), data, database);
            node._process.ErrorDataReceived += (_, line) => node._errors.AppendLine(line.Data);
            return Task.FromResult(node);
        }

        public Task<string> StandsByAsync() => LineAsync("standby ");

        public async Task ReadyAsync()
        {
            var line = await LineAsync("ready ");
            Hj212 = System.Net.IPEndPoint.Parse(line.Split(' ')[2]["hj212=".Length..]);
        }

        public async Task AddStationAsync(string mn)
        {
            using var added = Served.Launch(["station", "add", mn, "--data", Data, "--db", _database, "--name", "站", "--kind", "gas", "--edition", "2017", "--password", "123456"], Settings);
            await added.WaitForExitAsync(Ct);
            Assert.Equal(0, added.ExitCode);
        }

        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        public void Signal(string name)
        {
            using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }

        public async Task<int> ExitAsync()
        {
            await _process.WaitForExitAsync(Ct);
            return _process.ExitCode;
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                Signal("CONT");
                Kill();
            }

            _process.Dispose();
        }

        private async Task<string> LineAsync(string word)
        {
            while (await _process.StandardOutput.ReadLineAsync(Ct) is { } line)
                if (line.StartsWith(word, StringComparison.Ordinal)) return line;
            throw new InvalidOperationException($"The node ended before it said {word}: {Errors}");
        }
    }
}
