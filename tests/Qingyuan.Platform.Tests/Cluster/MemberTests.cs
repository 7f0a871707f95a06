using System.Globalization;
using System.Net;
using Npgsql;
using Qingyuan.Platform.Shared.Nodes;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>The silos of three real processes on one real PostgreSQL: who lives is decided among them. Their silence is never waited for here.</summary>
public sealed class MemberTests(ClassServer postgres) : IClassFixture<ClassServer>
{
    private const int Joining = 2;
    private const int Active = 3;
    private const int Dead = 6;

    private static readonly Dictionary<string, string> Settings = new() { ["QINGYUAN__NodeSilence"] = "12:00:00", ["QINGYUAN__ProbeEvery"] = "00:00:02" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.3-1")]
    public async Task A_serving_node_that_hangs_is_found_dead_by_the_others_and_ends_when_it_wakes()
    {
        using var cluster = await Trio.StartAsync(await postgres.NewDatabaseAsync(), Settings);
        await MembersAsync(cluster);
        var acknowledged = await Node.SendAsync(cluster.Nodes[1], 0, 20);
        using var elsewhere = await Logger.ConnectAsync(cluster.Nodes[2].Hj212);
        await elsewhere.SendAsync(Node.Frame(20));
        Assert.Contains("CN=9014", await elsewhere.ReadAsync(), StringComparison.Ordinal);

        cluster.Nodes[0].Signal("STOP");
        Assert.Null(await elsewhere.TryReadAsync()); // cut by the node it called, though the sockets of the one that hangs are open
        await Task.WhenAny(cluster.Nodes[1].ReadyAsync(), cluster.Nodes[2].ReadyAsync());
        cluster.Nodes[0].Signal("CONT");

        Assert.Equal(3, await cluster.Nodes[0].ExitAsync());
        Assert.Contains("The server stopped by itself", cluster.Nodes[0].Errors, StringComparison.Ordinal);
        Assert.Equal(Dead, await StatusAsync(cluster.Database, cluster.Nodes[0]));
        acknowledged++;
        foreach (var node in cluster.Nodes[1..]) acknowledged += await Node.SendAsync(node, acknowledged, 20);
        Assert.Equal(61, acknowledged);
        Assert.Equal(61, await Node.FramesAsync(cluster.Database));
    }

    [Fact]
    public async Task A_waiting_node_that_hung_is_a_member_again_when_it_wakes_and_nobody_noticed()
    {
        using var cluster = await Trio.StartAsync(await postgres.NewDatabaseAsync(), Settings);
        await MembersAsync(cluster);

        cluster.Nodes[2].Signal("STOP");
        await Eventually.That(async () => await StatusAsync(cluster.Database, cluster.Nodes[2]) is Dead);
        Assert.Equal(20, await Node.SendAsync(cluster.Nodes[1], 0, 20));
        cluster.Nodes[2].Signal("CONT");

        await Eventually.That(async () => await StatusAsync(cluster.Database, cluster.Nodes[2]) is Active);
        Assert.Equal(20, await Node.SendAsync(cluster.Nodes[2], 20, 20));
        await Eventually.That(async () => (await Node.LookAsync(cluster.Database))!.Nodes is [{ Membership: Membership.Member }, { Membership: Membership.Member }, { Membership: Membership.Member }]);
    }

    [Fact]
    public async Task When_all_were_killed_the_first_that_starts_waits_for_none_of_them()
    {
        using var cluster = await Trio.StartAsync(await postgres.NewDatabaseAsync(), Settings);
        await MembersAsync(cluster);
        foreach (var node in cluster.Nodes) node.Kill();

        using var again = await Node.StartAsync(cluster.Database, isInCluster: true, more: Settings, data: cluster.Nodes[0].Data);
        await again.ReadyAsync();

        Assert.Equal(20, await Node.SendAsync(again, 0, 20));
        foreach (var node in cluster.Nodes) Assert.Equal(Dead, await StatusAsync(cluster.Database, node));
        Assert.Equal(Active, await StatusAsync(cluster.Database, again));
    }

    [Fact]
    public async Task A_node_that_is_still_joining_takes_over_at_the_port_it_has()
    {
        var database = await postgres.NewDatabaseAsync();
        var patient = new Dictionary<string, string>(Settings) { ["QINGYUAN__ProbeEvery"] = "00:01:00" }; // nobody is found dead meanwhile
        using var first = await Node.StartAsync(database, isInCluster: true, more: patient);
        await first.ReadyAsync();
        await first.AddStationAsync(Node.Mn);
        // A member that nobody reaches: who joins waits for its answer.
        await ReadAsync(database, "INSERT INTO cluster_member SELECT cluster, '127.0.0.1', 1, 1, 'away 1', 'away', 3, 0, NULL, now(), now() FROM cluster_version RETURNING 1", row => row.GetInt32(0));
        using var second = await Node.StartAsync(database, isInCluster: true, more: new Dictionary<string, string>(patient) { ["QINGYUAN__MemberPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture) });
        await second.StandsByAsync();
        await Eventually.That(async () => await StatusAsync(database, second) is Joining);

        first.Kill();
        await second.ReadyAsync();

        Assert.Equal(20, await Node.SendAsync(second, 0, 20));
        Assert.Equal(Active, await StatusAsync(database, second));
    }

    [Fact]
    public async Task No_stranger_gets_into_a_silo_and_a_node_that_stops_in_order_is_followed_and_ends_well()
    {
        using var cluster = await Trio.StartAsync(await postgres.NewDatabaseAsync(), Settings);
        await MembersAsync(cluster);
        foreach (var address in await ReadAsync(cluster.Database, "SELECT address || ':' || port FROM cluster_member WHERE status = 3", row => IPEndPoint.Parse(row.GetString(0)))) await Stranger.IsRefusedAsync(address);

        cluster.Nodes[0].Signal("TERM");
        await Task.WhenAny(cluster.Nodes[1].ReadyAsync(), cluster.Nodes[2].ReadyAsync());

        Assert.Equal(0, await cluster.Nodes[0].ExitAsync());
        foreach (var node in cluster.Nodes[1..]) Assert.Equal(20, await Node.SendAsync(node, node == cluster.Nodes[1] ? 0 : 20, 20));
    }

    /// <summary>Returns when all three are members.</summary>
    private static async Task MembersAsync(Trio cluster)
    {
        foreach (var node in cluster.Nodes) await Eventually.That(async () => await StatusAsync(cluster.Database, node) is Active);
    }

    /// <summary>Of the node's newest silo; null when it never was a member.</summary>
    private static async Task<int?> StatusAsync(string database, Node node) =>
        (await ReadAsync(database, $"SELECT status FROM cluster_member WHERE name = '{node.Name}' ORDER BY generation DESC", row => row.GetInt32(0))).Cast<int?>().FirstOrDefault();

    private static async Task<List<T>> ReadAsync<T>(string database, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(Ct);
        List<T> found = [];
        while (await rows.ReadAsync(Ct)) found.Add(read(rows));
        return found;
    }
}
