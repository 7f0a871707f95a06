using Npgsql;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>Two real processes on one real PostgreSQL: one serves, the other takes over.</summary>
public sealed class StandbyTests(ClassServer postgres) : IClassFixture<ClassServer>
{
    [Fact]
    [Requirement("R-5.5.3-1")]
    public async Task A_node_that_is_killed_is_followed_by_the_one_that_waited_and_no_acknowledged_frame_is_lost()
    {
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        await first.AddStationAsync(Node.Mn);
        using var second = await Node.StartAsync(database);
        await second.StandsByAsync();
        var acknowledged = await Node.SendAsync(first, 0, 200);

        first.Kill();
        await second.ReadyAsync();
        acknowledged += await Node.SendAsync(second, 200, 200);

        Assert.Equal(400, acknowledged);
        Assert.Equal(400, await Node.FramesAsync(database));
    }

    [Fact]
    public async Task A_node_that_hangs_loses_its_place_and_stops_when_it_wakes()
    {
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        using var second = await Node.StartAsync(database, more: new Dictionary<string, string> { ["QINGYUAN__NodeSilence"] = "00:00:03" });
        await second.StandsByAsync();

        first.Signal("STOP");
        await second.ReadyAsync();
        first.Signal("CONT");

        Assert.Equal(3, await first.ExitAsync());
        Assert.Contains("another node serves", first.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_hung_in_the_middle_of_a_transaction_holds_nobody_up()
    {
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        using var second = await Node.StartAsync(database);
        await second.StandsByAsync();
        // As a node stands that appends frames in the moment in which it is stopped.
        await using var left = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { ApplicationName = "qingyuan-node lost 1", Pooling = false }.ToString());
        await left.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await left.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var claim = new NpgsqlCommand("SELECT value FROM telemetry.mark FOR SHARE", left, transaction);
        Assert.NotNull(await claim.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        first.Kill();
        await second.ReadyAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => claim.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_node_that_waits_ends_in_order_when_it_is_told_to()
    {
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        using var second = await Node.StartAsync(database);
        await second.StandsByAsync();
        Assert.Equal([true, false], (await Node.LookAsync(database))!.Nodes.Select(node => node.Serves));

        second.Signal("TERM");

        Assert.Equal(0, await second.ExitAsync());
        first.Signal("TERM");
        Assert.Equal(0, await first.ExitAsync());
    }

    [Fact]
    public async Task A_server_that_restarts_does_not_cost_the_node_its_place()
    {
        await using var own = await PostgresServer.OwnAsync();
        var database = await own.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        await first.AddStationAsync(Node.Mn);
        await Node.SendAsync(first, 0, 10);

        await own.KillAsync();
        await own.StartAgainAsync();

        await Eventually.That(async () => await Node.TrySendAsync(first, 10) is 1);
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
        await node.AddStationAsync(Node.Mn);
        var cluster = (await Node.LookAsync(database))!;
        Assert.True(Assert.Single(cluster.Nodes).Serves);
        Assert.Equal(("streaming", true), (Assert.Single(cluster.Replicas).State, cluster.Replicas[0].IsSynchronous));

        var acknowledged = await Node.SendAsync(node, 0, 200);
        using var end = new CancellationTokenSource();
        var sending = Node.SendUntilAsync(node, 200, end.Token);
        await primary.KillAsync();
        await copy.PromoteAsync();
        await Eventually.That(async () => await Node.TrySendAsync(node, 1_000_000) is 1);
        await end.CancelAsync();
        acknowledged += await sending + 1;

        NpgsqlConnection.ClearAllPools(); // this process' own to the dead one
        Assert.False(node.HasExited);
        Assert.True(await Node.FramesAsync(database) >= acknowledged, "An acknowledged frame is missing.");
        Assert.Empty((await Node.LookAsync(database))!.Replicas);
    }

    [Fact]
    public async Task A_node_with_another_wrapping_key_says_so_instead_of_waiting()
    {
        var database = await postgres.NewDatabaseAsync();
        using var first = await Node.StartAsync(database);
        await first.ReadyAsync();
        using var second = await Node.StartAsync(database, key: Node.NewKey());

        Assert.Equal(3, await second.ExitAsync());
        Assert.Contains("QINGYUAN_KEY_FILE", second.Errors, StringComparison.Ordinal);
    }
}
