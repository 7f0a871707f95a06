using System.Globalization;
using Npgsql;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>The evidence log when the node that wrote it is gone: real processes, each with files of its own.</summary>
public sealed class EvidenceMoveTests(ClassServer postgres) : IClassFixture<ClassServer>
{
    private static readonly Dictionary<string, string> Often = new() { ["QINGYUAN__CopyEvery"] = "00:00:01" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_took_over_has_the_entries_waits_for_a_person_and_goes_on_under_another_name()
    {
        var database = await postgres.NewDatabaseAsync();
        using var first = await ServingAsync(database);
        await Eventually.That(async () => await WaitingAsync(database) is 0);
        using var second = await Node.StartAsync(database, isInCluster: true, more: Often);
        await second.StandsByAsync();
        await Eventually.That(() => Segments(second.Data) is var copied and > 0 && copied == Segments(first.Data));

        first.Kill();
        await second.ReadyAsync();
        await second.AddStationAsync("STANDBY000000000000000002");
        Assert.True(await WaitingAsync(database) > 0); // held: nothing is signed by itself
        Assert.Equal(0, await second.RunAsync("ledger", "succeed", "--reason", "first is lost"));
        await Eventually.That(async () => await WaitingAsync(database) is 0);
        Assert.Equal(0, await second.RunAsync("ledger", "verify"));

        // The one that was lost comes back: its log has ended, and what it holds now is the other's.
        using var back = await Node.StartAsync(database, isInCluster: true, more: Often, data: first.Data);
        await back.StandsByAsync();
        await Eventually.That(() => Directory.GetDirectories(first.Data, "ledger-*").Length is 1 && Segments(first.Data) == Segments(second.Data));
    }

    [Fact]
    public async Task Without_that_person_the_first_goes_on_with_its_own_log_when_it_serves_again()
    {
        var database = await postgres.NewDatabaseAsync();
        using var first = await ServingAsync(database);
        using var second = await Node.StartAsync(database, isInCluster: true, more: Often);
        await second.StandsByAsync();
        await Eventually.That(() => Segments(second.Data) > 0);
        first.Kill();
        await second.ReadyAsync();
        await second.AddStationAsync("STANDBY000000000000000002");

        using var back = await Node.StartAsync(database, isInCluster: true, more: Often, data: first.Data);
        await back.StandsByAsync();
        second.Kill();
        await back.ReadyAsync();

        await Eventually.That(async () => await WaitingAsync(database) is 0);
        Assert.Equal(0, await back.RunAsync("ledger", "verify"));
        Assert.Empty(Directory.GetDirectories(first.Data, "ledger-*"));
    }

    private static async Task<Node> ServingAsync(string database)
    {
        var node = await Node.StartAsync(database, isInCluster: true, more: Often);
        await node.ReadyAsync();
        await node.AddStationAsync(Node.Mn);
        return node;
    }

    private static long Segments(string data) =>
        Directory.Exists(Path.Combine(data, "ledger/segments")) ? Directory.EnumerateFiles(Path.Combine(data, "ledger/segments")).Sum(file => new FileInfo(file).Length) : 0;

    /// <summary>Records that are in no log yet.</summary>
    private static async Task<long> WaitingAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM evidence_outbox", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture);
    }
}
