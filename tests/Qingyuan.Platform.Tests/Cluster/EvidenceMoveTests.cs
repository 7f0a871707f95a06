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
        await Eventually.That(async () => Sealed(second.Data) == await KnownAsync(database) && Segments(second.Data) == Segments(first.Data)); // entries and, later, what signs them

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

    /// <summary>Entries that the checkpoint in this directory signs; 0 before there is one.</summary>
    private static long Sealed(string data) =>
        Path.Combine(data, "ledger/std/checkpoint") is var file && File.Exists(file) && File.ReadLines(file).ElementAtOrDefault(1) is { } size ? long.Parse(size, CultureInfo.InvariantCulture) : 0;

    /// <summary>Entries that the database knows in a log.</summary>
    private static Task<long> KnownAsync(string database) => AskAsync(database, "SELECT COALESCE(max(\"LogIndex\") + 1, 0) FROM ledger_position");

    /// <summary>Records that are in no log yet.</summary>
    private static Task<long> WaitingAsync(string database) => AskAsync(database, "SELECT count(*) FROM evidence_outbox");

    private static async Task<long> AskAsync(string database, string question)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // the tests' own words
        await using var command = new NpgsqlCommand(question, connection);
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture);
    }
}
