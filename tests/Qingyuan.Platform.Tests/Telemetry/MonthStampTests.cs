using Npgsql;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On PostgreSQL: what tells whether a month was written to while it was copied. Asked under a lock that holds up everybody, so it may not look at the chunks themselves.</summary>
public sealed class MonthStampTests
{
    private static readonly DateTime May = new(2024, 5, 1);
    private static readonly int Month = (2024 * 12) + 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Needs_no_look_at_the_chunks()
    {
        var database = await NewAsync();
        await using var house = await TelemetryHouse.OpenOnAsync(database);
        await WriteAsync(house, 1);
        var before = house.Get<IChunkMonths>().Stamp(Month);
        await using var other = new NpgsqlConnection(database + ";Pooling=false");
        await other.OpenAsync(Ct);
        await using var transaction = await other.BeginTransactionAsync(Ct);
        await using var locked = new NpgsqlCommand("LOCK TABLE telemetry.chunk IN ACCESS EXCLUSIVE MODE", other);
        await locked.ExecuteNonQueryAsync(Ct);

        Assert.Equal(before, house.Get<IChunkMonths>().Stamp(Month)); // who reads a chunk now waits
    }

    [Fact]
    public async Task Changes_with_each_writing_and_with_what_is_set_aside_and_then_nothing_is_dropped()
    {
        await using var house = await TelemetryHouse.OpenOnAsync(await NewAsync());
        var months = house.Get<IChunkMonths>();
        await WriteAsync(house, 1);
        var first = months.Stamp(Month);
        await WriteAsync(house, 2);
        var second = months.Stamp(Month);
        house.Get<IChunkStore>().SetAside(ChunkKey.Of(Resolution.Realtime, May, 2));
        var third = months.Stamp(Month);

        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
        Assert.False(months.Drop(Month, first));
        Assert.False(months.Drop(Month, second));
        Assert.Equal([1], months.Stations(Month));
        Assert.True(months.Drop(Month, third));
        Assert.Empty(months.Months());
    }

    [Fact]
    public async Task Of_a_month_that_an_earlier_release_wrote_is_known_too()
    {
        await using var house = await TelemetryHouse.OpenOnAsync(await NewAsync());
        await WriteAsync(house, 1);
        house.Execute("", "", "DROP TABLE telemetry.chunk_writes"); // as an earlier release left it
        await house.DisposeAsync();

        await using var again = await TelemetryHouse.OpenAsync(house.Folder);
        var months = again.Get<IChunkMonths>();
        var before = months.Stamp(Month);
        await WriteAsync(again, 2);

        Assert.False(months.Drop(Month, before));
        Assert.Equal(["2024-05"], (await again.Get<IColdTier>().RunAsync(Ct)).Months);
        Assert.Empty(months.Months());
    }

    private static async Task<string> NewAsync() => await (await PostgresServer.SharedAsync()).NewDatabaseAsync();

    private static async Task WriteAsync(TelemetryHouse house, int station)
    {
        await house.ApplyAsync(station, station, May, ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(station);
    }
}
