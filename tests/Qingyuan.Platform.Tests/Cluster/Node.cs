using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Qingyuan.Hj212.Framing;
using Qingyuan.Platform.Shared.Nodes;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>One <c>qingyuan serve --db</c> with a data directory of its own.</summary>
internal sealed class Node : IDisposable
{
    public const string Mn = "STANDBY000000000000000001";
    private static readonly string Key = NewKey();
    private readonly Process _process;
    private readonly string _database;
    private readonly StringBuilder _errors;

    private Node(Process process, StringBuilder errors, string data, string database) => (_process, _errors, Data, _database) = (process, errors, data, database);

    public string Data { get; }

    /// <summary>As the other nodes see it.</summary>
    public string Name => DatabaseAddress.NodeName(System.Environment.MachineName, _process.Id);

    public string Errors => _errors.ToString();

    public bool HasExited => _process.HasExited;

    public IPEndPoint Hj212 { get; private set; } = null!;

    public Uri Http { get; private set; } = null!;

    /// <summary>Where sensors speak MQTT, when the settings open it.</summary>
    public IPEndPoint? Sensors { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<Node> StartAsync(string database, string? key = null, bool isInCluster = false, IReadOnlyDictionary<string, string>? more = null, string? data = null)
    {
        data ??= Directory.CreateTempSubdirectory("qingyuan-node-").FullName;
        string[] arguments = ["serve", "--data", data, "--db", database, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0", .. isInCluster ? (string[])["--cluster", "127.0.0.1:0"] : []];
        var errors = new StringBuilder();
        return Task.FromResult(new Node(Served.Launch(arguments, Environment(key, more), line => errors.AppendLine(line)), errors, data, database));
    }

    public static string NewKey()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-key-").FullName, "wrapping.key");
        File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(32));
        return file;
    }

    /// <summary>It waits; one of a cluster then has its addresses.</summary>
    public async Task<string> StandsByAsync()
    {
        var line = await LineAsync("standby ");
        ReadAddresses(line);
        return line;
    }

    public async Task ReadyAsync() => ReadAddresses(await LineAsync("ready "));

    public async Task AddStationAsync(string mn) =>
        Assert.Equal(0, await RunAsync("station", "add", mn, "--name", "站", "--kind", "gas", "--edition", "2017", "--password", "123456"));

    /// <summary>A verb on this node; its exit code.</summary>
    public async Task<int> RunAsync(params string[] verb) => (await SayAsync(verb)).Exit;

    /// <summary>A client of this node's API in a role.</summary>
    public async Task<HttpClient> ClientAsync(string role)
    {
        var (exit, said) = await SayAsync("token", "create", "--role", role);
        Assert.Equal(0, exit);
        return new HttpClient { BaseAddress = Http, DefaultRequestHeaders = { Authorization = new("Bearer", said.Trim().Split('\n')[^1].Trim()) } };
    }

    private async Task<(int Exit, string Said)> SayAsync(params string[] verb)
    {
        using var run = Served.Launch([.. verb, "--data", Data, "--db", _database], Environment(null, null));
        var said = await run.StandardOutput.ReadToEndAsync(Ct);
        await run.WaitForExitAsync(Ct);
        return (run.ExitCode, said);
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

    public static Task<ClusterView?> LookAsync(string database) => new Platform.Shared.Nodes.Cluster(new(database, ""), new()).LookAsync(Ct);

    /// <summary>Frames one after another over one connection; how many were answered with 9014.</summary>
    public static async Task<int> SendAsync(Node node, int from, int count)
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

    /// <summary>1 when one frame over a new connection was answered.</summary>
    public static async Task<int> TrySendAsync(Node node, int number)
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

    /// <summary>Frame after frame, over a new connection when one is of no use; how many were answered with 9014.</summary>
    public static async Task<int> SendUntilAsync(Node node, int from, CancellationToken end)
    {
        var answered = 0;
        for (var number = from; !end.IsCancellationRequested; number++) answered += await TrySendAsync(node, number);
        return answered;
    }

    /// <summary>Frames in the database, by the servers that are there now.</summary>
    public static async Task<long> FramesAsync(string database)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(DatabaseAddress.Primary(database)) { Pooling = false }.ToString());
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("SELECT coalesce(sum(frames), 0) FROM telemetry.frame_batch", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture);
    }

    public static string Frame(int number, string mn = Mn)
    {
        var at = new DateTime(2026, 11, 20).AddSeconds(number).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var segment = $"QN={at}{number % 1000:D3};ST=31;CN=2011;PW=123456;MN={mn};Flag=5;CP=&&DataTime={at};a21002-Rtd={number}.5,a21002-Flag=N&&";
        return $"##{segment.Length:D4}{segment}{Crc16.Compute(Encoding.ASCII.GetBytes(segment)):X4}\r\n";
    }

    /// <summary>A node on a busy machine may say nothing for some seconds, and none is to lose its place by that.</summary>
    private static Dictionary<string, string> Environment(string? key, IReadOnlyDictionary<string, string>? more)
    {
        var settings = new Dictionary<string, string> { ["QINGYUAN__NodeSilence"] = "00:01:00", ["QINGYUAN__ProbeEvery"] = "00:00:20", ["QINGYUAN_KEY_FILE"] = key ?? Key };
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) settings[name] = value;
        return settings;
    }

    private void ReadAddresses(string line)
    {
        var words = line.Split(' ');
        if (words.FirstOrDefault(word => word.StartsWith("http=", StringComparison.Ordinal)) is not { } http) return;
        Sensors = words.FirstOrDefault(word => word.StartsWith("mqtt=", StringComparison.Ordinal)) is { } mqtt ? IPEndPoint.Parse(mqtt["mqtt=".Length..]) : null;
        (Http, Hj212) = (new(http["http=".Length..]), IPEndPoint.Parse(words.Single(word => word.StartsWith("hj212=", StringComparison.Ordinal))["hj212=".Length..]));
    }

    private async Task<string> LineAsync(string word)
    {
        while (await _process.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (line.StartsWith(word, StringComparison.Ordinal)) return line;
        throw new InvalidOperationException($"The node ended before it said {word}: {Errors}");
    }
}
