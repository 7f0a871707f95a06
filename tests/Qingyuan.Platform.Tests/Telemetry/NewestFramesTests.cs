using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On files.</summary>
public sealed class SqliteNewestFramesTests() : NewestFramesTests(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresNewestFramesTests() : NewestFramesTests(Engine.Postgres);

public abstract class NewestFramesTests(Engine engine) : TelemetryTests(engine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_frames_come_first_and_pages_lead_back_without_a_gap()
    {
        await using var house = await OpenAsync();
        List<FrameId> stored = [];
        foreach (var minutes in new[] { 0, 20, 50, 70, 71, 200 })
        {
            stored.Add(await house.StoreAsync(TelemetryHouse.Arrival(at: TelemetryHouse.Noon.AddMinutes(minutes)), "##" + minutes));
            await house.StoreAsync(TelemetryHouse.Arrival("OTHER", 2, TelemetryHouse.Noon.AddMinutes(minutes)), "##other");
        }

        List<FrameId> read = [];
        Page<StoredFrame> page = new([], null);
        do
        {
            page = await house.Reader.NewestAsync("M1", null, 2, page.Next, Token);
            Assert.InRange(page.Items.Count, 1, 2);
            read.AddRange(page.Items.Select(frame => frame.Id));
        }
        while (page.Next is not null);
        Assert.Equal(Enumerable.Reverse(stored), read);
    }

    [Fact]
    public async Task Before_a_moment_means_received_before_it()
    {
        await using var house = await OpenAsync();
        var first = await house.StoreAsync(TelemetryHouse.Arrival(at: TelemetryHouse.Noon.AddMinutes(10)), "##1");
        await house.StoreAsync(TelemetryHouse.Arrival(at: TelemetryHouse.Noon.AddMinutes(20)), "##2");
        var page = await house.Reader.NewestAsync("M1", TelemetryHouse.Noon.AddMinutes(20), 5, null, Token);
        Assert.Equal(first, Assert.Single(page.Items).Id);
    }
}
