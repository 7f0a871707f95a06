using System.Collections.Concurrent;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>A database server that dies and comes back while frames arrive.</summary>
public class PostgresTroubleTests
{
    [Fact]
    public async Task What_was_acknowledged_survives_a_server_that_is_killed_and_what_was_not_is_said()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        await using var house = await TelemetryHouse.OpenOnAsync(await postgres.NewDatabaseAsync());
        var acknowledged = new ConcurrentDictionary<FrameId, string>();
        var refused = 0;
        using var end = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var number = 0; !end.IsCancellationRequested; number++)
            {
                try
                {
                    acknowledged[await house.StoreAsync(TelemetryHouse.Arrival(), $"{number}")] = $"{number}";
                }
                catch (FramesNotStoredException)
                {
                    refused++;
                    house.Time.Advance(TimeSpan.FromSeconds(1)); // the probe's turn
                }
            }
        });

        await Ingest.Eventually.That(() => Task.FromResult(acknowledged.Count > 50));
        await postgres.KillAsync();
        await Ingest.Eventually.That(() => Task.FromResult(house.Log.Trouble is not null && refused > 0));
        await postgres.StartAgainAsync();
        var before = acknowledged.Count;
        await Ingest.Eventually.That(() => Task.FromResult(house.Log.Trouble is null && acknowledged.Count > before + 50));
        await end.CancelAsync();
        await writing;

        await house.DisposeAsync();
        await using var again = await TelemetryHouse.OpenAsync(house.Folder);
        foreach (var (id, text) in acknowledged) Assert.Equal(text, await again.TextAsync(id));
        var audit = await again.Get<ITelemetryAudit>().RunAsync(TestContext.Current.CancellationToken);
        Assert.True(audit.Ok, string.Join('\n', audit.Findings));
    }

    [Fact]
    public async Task A_server_that_stands_still_holds_up_acknowledgements_and_loses_none()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        await using var house = await TelemetryHouse.OpenOnAsync(await postgres.NewDatabaseAsync());
        var before = await house.StoreAsync(TelemetryHouse.Arrival(), "before");
        await postgres.PauseAsync();
        var receipts = new List<FrameReceipt>();
        for (var number = 0; number < 50; number++) receipts.Add(await house.AppendAsync(TelemetryHouse.Arrival(), $"{number}"));
        Assert.All(receipts, receipt => Assert.False(receipt.Durable.IsCompletedSuccessfully));

        await postgres.PauseAsync(goOn: true);
        foreach (var receipt in receipts) await receipt.Durable;

        for (var number = 0; number < receipts.Count; number++) Assert.Equal($"{number}", await house.TextAsync(receipts[number].Id));
        Assert.Equal("before", await house.TextAsync(before));
    }

    [Fact]
    public async Task A_writer_that_slept_cannot_append_beside_the_one_that_took_over()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var database = await postgres.NewDatabaseAsync();
        await using var slept = await TelemetryHouse.OpenOnAsync(database);
        var before = await slept.StoreAsync(TelemetryHouse.Arrival(), "before");
        await using var took = await TelemetryHouse.OpenOnAsync(database);
        var after = await took.StoreAsync(TelemetryHouse.Arrival(), "after");

        var receipt = await slept.AppendAsync(TelemetryHouse.Arrival(), "asleep");

        await Assert.ThrowsAsync<FramesNotStoredException>(() => receipt.Durable);
        Assert.Contains("taken over", slept.Log.Trouble, StringComparison.Ordinal);
        Assert.Equal("before", await took.TextAsync(before));
        Assert.Equal("after", await took.TextAsync(after));
        Assert.Null(await took.Reader.FindAsync(receipt.Id, default));
    }
}
