using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using Npgsql;
using Qingyuan.Host.Relaying;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Ingest;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>Three real processes on one real PostgreSQL: whichever is called, the one that serves answers.</summary>
public sealed class RelayTests(ClassServer postgres, ClassTrio trio) : IClassFixture<ClassServer>, IClassFixture<ClassTrio>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whichever_node_is_called_the_one_that_serves_answers()
    {
        var cluster = await trio.AtAsync(postgres);
        var before = await Node.FramesAsync(cluster.Database);

        foreach (var (node, at) in cluster.Nodes.Select((node, at) => (node, at)))
        {
            Assert.Equal(50, await Node.SendAsync(node, at * 50, 50));
            using var http = new HttpClient { BaseAddress = node.Http };
            Assert.Equal("healthy", (await http.GetStringAsync(new Uri("/health/live", UriKind.Relative), Ct)).Split('"')[3]);
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/api/v1/stations", UriKind.Relative), Ct)).StatusCode);
        }

        Assert.Equal(before + 150, await Node.FramesAsync(cluster.Database));
        Assert.Equal([true, false, false], (await Node.LookAsync(cluster.Database))!.Nodes.Select(node => node.Serves));
    }

    [Fact]
    public async Task The_serving_node_of_three_is_killed_under_load_and_every_logger_goes_on_at_the_address_it_knows()
    {
        using var cluster = await Trio.StartAsync(await postgres.NewDatabaseAsync());
        await StormAsync(cluster, loggers: 60, framesEach: 20);
    }

    /// <summary>5,000 loggers. Explicit, because adding so many stations and calling so often takes its time; figures in docs/operations/sizing.md.</summary>
    [Fact(Explicit = true)]
    public async Task The_same_with_five_thousand_loggers()
    {
        var settings = new Dictionary<string, string> { ["QINGYUAN__Ingest__ConnectionsPerAddress"] = "10000", ["QINGYUAN__Ingest__AcceptBurst"] = "10000", ["QINGYUAN__Ingest__AcceptsPerSecond"] = "5000", ["QINGYUAN__Ingest__Connections"] = "20000" };
        using var cluster = await Trio.StartAsync(await postgres.NewDatabaseAsync(), settings);
        await StormAsync(cluster, loggers: 5000, framesEach: 6);
    }

    [Fact]
    public async Task A_node_that_waits_is_killed_and_only_its_own_callers_notice()
    {
        using var cluster = await Trio.StartAsync(await postgres.NewDatabaseAsync());
        using var elsewhere = await Logger.ConnectAsync(cluster.Nodes[1].Hj212);
        using var here = await Logger.ConnectAsync(cluster.Nodes[2].Hj212);
        foreach (var logger in new[] { elsewhere, here })
        {
            await logger.SendAsync(Node.Frame(1));
            Assert.Contains("CN=9014", await logger.ReadAsync(), StringComparison.Ordinal);
        }

        cluster.Nodes[2].Kill();

        Assert.Null(await here.TryReadAsync());
        await elsewhere.SendAsync(Node.Frame(2));
        Assert.Contains("CN=9014", await elsewhere.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sensor_reports_at_a_node_that_waits_and_the_serving_one_keeps_it()
    {
        var cluster = await trio.AtAsync(postgres);
        var before = await Node.FramesAsync(cluster.Database);

        using var sensor = await Sensor.ConnectAsync(cluster.Nodes[1].Sensors!, Node.Mn, "123456");
        var taken = await sensor.PublishAsync($"qingyuan/{Node.Mn}/report", """{"at":"2026-11-20T08:00:00+08:00","readings":{"i33101":"23.50"}}""");

        Assert.Equal(MqttClientPublishReasonCode.Success, taken.ReasonCode);
        Assert.Equal(before + 1, await Node.FramesAsync(cluster.Database));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Sensor.ConnectAsync(cluster.Nodes[2].Sensors!, Node.Mn, "wrong"));
    }

    [Fact]
    public async Task A_question_asked_at_one_node_reaches_the_logger_that_called_another()
    {
        const string Mn = "STANDBY0000000000000ASKED"; // of its own: what is not answered is asked again, of the newest line
        var cluster = await trio.AtAsync(postgres);
        await cluster.Nodes[0].AddStationAsync(Mn);
        using var logger = await Logger.ConnectAsync(cluster.Nodes[2].Hj212);
        await logger.SendAsync(Node.Frame(1000, Mn));
        Assert.Contains("CN=9014", await logger.ReadAsync(), StringComparison.Ordinal);
        using var serving = await cluster.Nodes[0].ClientAsync(Roles.Dispatcher);
        using var elsewhere = new HttpClient { BaseAddress = cluster.Nodes[1].Http, DefaultRequestHeaders = { Authorization = serving.DefaultRequestHeaders.Authorization } };

        var begun = await elsewhere.PostAsync(new Uri($"/api/v1/stations/{Mn}/patrols", UriKind.Relative), null, Ct);

        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        Assert.Contains("CN=1011", await logger.ReadAsync(), StringComparison.Ordinal); // a patrol asks for the clock first
    }

    [Fact]
    public async Task When_no_node_serves_others_a_browser_is_told_and_a_frame_is_not_answered()
    {
        var database = await postgres.NewDatabaseAsync();
        using var alone = await Node.StartAsync(database); // takes nothing from others
        await alone.ReadyAsync();
        using var waits = await Node.StartAsync(database, isInCluster: true);
        await waits.StandsByAsync();

        using var http = new HttpClient { BaseAddress = waits.Http };
        var answer = await http.GetAsync(new Uri("/sign-in", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("暂无节点提供服务", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(0, await Node.TrySendAsync(waits, 1));
    }

    [Fact]
    public async Task A_stranger_gets_no_further_than_the_handshake()
    {
        var cluster = await trio.AtAsync(postgres);
        var address = await AddressAsync(cluster.Database);
        await Stranger.IsRefusedAsync(address);

        using var plain = new TcpClient();
        await plain.ConnectAsync(address, Ct);
        await PlainGreeting.SayAsync(plain.GetStream(), new RelayHeader("x", "hj212", new(IPAddress.Loopback, 1)), NodeIdentity.Create(TimeProvider.System).Secret, Ct);
        Assert.Equal(0, await ReadOrNothingAsync(plain.GetStream()));
    }

    [Theory]
    [InlineData("http", "10.1.2.3:40000", "plant-1 77")]
    [InlineData("hj212.3", "[2001:db8::7]:5", "节点 二")]
    public void A_header_comes_back_whole_however_it_is_cut(string line, string caller, string node)
    {
        var header = new RelayHeader(node, line, IPEndPoint.Parse(caller));
        var bytes = header.ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = new ReadOnlySequence<byte>(bytes.AsMemory(0, length));
            Assert.Null(RelayHeader.Read(ref part));
        }

        var whole = new ReadOnlySequence<byte>([.. bytes, .. "##0100"u8]);
        Assert.Equal(header, RelayHeader.Read(ref whole));
        Assert.Equal("##0100", Encoding.ASCII.GetString(whole));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("qingyuan-relay/2\thttp\t1.2.3.4:5\tx\n")]
    [InlineData("qingyuan-relay/1\thttp\tnowhere\tx\n")]
    public void What_is_no_header_is_refused(string text)
    {
        var bytes = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text));
        Assert.Throws<FormatException>(() => RelayHeader.Read(ref bytes));
    }

    [Fact]
    public void A_header_without_end_is_refused()
    {
        var bytes = new ReadOnlySequence<byte>(new byte[RelayHeader.Longest + 1]);
        Assert.Throws<FormatException>(() => RelayHeader.Read(ref bytes));
    }

    /// <summary>Each logger keeps calling one address, whichever node is behind it or not, until all its frames are answered.</summary>
    private static async Task StormAsync(Trio cluster, int loggers, int framesEach)
    {
        var answered = 0;
        var sending = Task.WhenAll(Enumerable.Range(0, loggers).Select(async logger =>
        {
            var node = cluster.Nodes[1 + (logger % 2)]; // the two that stay
            for (var number = 0; number < framesEach; number++)
            {
                await UntilAnsweredAsync(node, (logger * framesEach) + number);
                Interlocked.Increment(ref answered);
            }
        }));
        await Eventually.That(() => answered >= loggers * framesEach / 2 || sending.IsCompleted, () => answered);
        cluster.Nodes[0].Kill();

        await Eventually.That(() => sending.IsCompleted, () => answered);
        await sending;
        Assert.Equal(loggers * framesEach, answered);
        Assert.True(await Node.FramesAsync(cluster.Database) >= answered, "An acknowledged frame is missing.");
        Assert.Single((await Node.LookAsync(cluster.Database))!.Nodes, node => node.Serves);
    }

    private static async Task UntilAnsweredAsync(Node node, int number)
    {
        while (!node.HasExited)
        {
            try
            {
                using var logger = await Logger.ConnectAsync(node.Hj212);
                await logger.SendAsync(Node.Frame(number));
                if (await logger.TryReadAsync().WaitAsync(TimeSpan.FromSeconds(20), Ct) is { } answer && answer.Contains("CN=9014", StringComparison.Ordinal)) return;
            }
            catch (Exception error) when (error is IOException or SocketException or TimeoutException)
            {
                // The node is on its way to serve, or to find the one that does.
            }

            await Task.Delay(20, Ct); // as a logger that calls again
        }

        Assert.Fail($"{node.Name} ended: {node.Errors}");
    }

    private static async Task<int> ReadOrNothingAsync(NetworkStream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1], Ct);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<IPEndPoint> AddressAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("SELECT \"Address\" FROM serving_node", connection);
        return IPEndPoint.Parse((string)(await command.ExecuteScalarAsync(Ct))!);
    }
}
