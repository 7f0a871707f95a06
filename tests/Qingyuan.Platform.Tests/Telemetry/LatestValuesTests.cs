using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On files.</summary>
public sealed class SqliteLatestValuesTests() : LatestValuesTests(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresLatestValuesTests() : LatestValuesTests(Engine.Postgres);

public abstract class LatestValuesTests(Engine engine) : TelemetryTests(engine)
{
    private static readonly DateTime Noon = TelemetryHouse.Noon.DateTime;

    [Fact]
    public async Task Newest_values_of_several_frames_come_back_after_a_restart_exactly_as_they_were()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(7, 10, Noon, ("a21002", "Rtd", "0.00", "N"), ("a21002", "ZsRtd", "1.10", null), ("a34013", "Rtd", "很高", ""));
        await house.ApplyAsync(7, 20, Noon.AddMinutes(1), ("a21002", "Rtd", "-12.50", "D"));
        var before = house.Get<LatestValues>().Of(7);
        await house.CheckpointAsync(20);
        await house.DisposeAsync();

        await using var again = await TelemetryHouse.OpenAsync(house.Folder);

        Assert.Equal(before, again.Get<LatestValues>().Of(7));
        Assert.Equal(["-12.50", "1.10", "很高"], again.Get<LatestValues>().Of(7).Select(value => value.Text));
        Assert.Empty(again.Get<LatestValues>().Of(8));
    }

    [Fact]
    public async Task What_an_earlier_release_kept_counts_as_far_as_it_is_newer()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(7, 5, Noon, ("a21002", "Rtd", "new", "N"), ("a21003", "Rtd", "old", "N"));
        await house.CheckpointAsync(5);
        const string columns = "factor TEXT NOT NULL, quantity TEXT NOT NULL, value TEXT NOT NULL, flag TEXT, sampled BIGINT NOT NULL, received BIGINT NOT NULL, frame TEXT NOT NULL";
        house.Execute("state.db", $"CREATE TABLE latest (station INTEGER NOT NULL, {columns}, PRIMARY KEY (station, factor, quantity))", $"CREATE TABLE telemetry.latest (station int NOT NULL, {columns}, PRIMARY KEY (station, factor, quantity))");
        foreach (var (factor, text, at) in new[] { ("a21002", "older", Noon.AddMinutes(-1)), ("a21003", "newer", Noon.AddMinutes(1)), ("a21026", "only there", Noon) })
        {
            var row = $"VALUES (7, '{factor}', 'Rtd', '{text}', NULL, {at.Ticks}, {Micros.Of(TelemetryHouse.Noon)}, '3-1')";
            house.Execute("state.db", "INSERT INTO latest " + row, "INSERT INTO telemetry.latest " + row);
        }

        await house.DisposeAsync();

        await using var again = await TelemetryHouse.OpenAsync(house.Folder);

        Assert.Equal(["new", "newer", "only there"], again.Get<LatestValues>().Of(7).Select(value => value.Text));
        Assert.Equal(new FrameId(3, 1), again.Get<LatestValues>().Of(7)[2].Frame);
    }
}
