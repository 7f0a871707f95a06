using Npgsql;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>A database of two servers under pg_auto_failover: nobody promotes anything by hand.</summary>
public sealed class FailoverTests
{
    [Fact]
    [Requirement("R-5.5.3-1")]
    public async Task A_primary_that_dies_under_load_is_followed_by_itself_comes_back_as_a_copy_and_no_acknowledged_frame_is_lost()
    {
        await using var formation = await FailoverFormation.StartAsync();
        var database = await formation.NewDatabaseAsync("qingyuan");
        using var node = await Node.StartAsync(database);
        await node.ReadyAsync();
        await node.AddStationAsync(Node.Mn);

        var acknowledged = await Node.SendAsync(node, 0, 200);
        using var end = new CancellationTokenSource();
        var sending = Node.SendUntilAsync(node, 200, end.Token);
        formation.KillFirst();
        await Eventually.That(async () => await Node.TrySendAsync(node, 1_000_000) is 1);
        formation.RunFirst();
        await formation.UntilAsync("primary", "secondary");
        await Eventually.That(async () => await Node.TrySendAsync(node, 1_000_001) is 1); // commits wait for the copy again
        await end.CancelAsync();
        acknowledged += await sending + 2;

        NpgsqlConnection.ClearAllPools(); // this process' own to the dead one
        Assert.False(node.HasExited);
        Assert.True(await Node.FramesAsync(database) >= acknowledged, "An acknowledged frame is missing.");
        await Eventually.That(async () => (await Node.LookAsync(database))!.Replicas is [{ State: "streaming", IsSynchronous: true }]);
    }
}
