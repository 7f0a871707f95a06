using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Tests.Telemetry;

public class StoringTroubleTests
{
    [Theory]
    [InlineData("PRAGMA max_page_count = 1")]
    [InlineData("PRAGMA query_only = 1")]
    public async Task What_cannot_be_stored_is_not_acknowledged_and_said_and_recovers_by_itself(string trouble)
    {
        var pragma = "";
        await using var house = await TelemetryHouse.OpenAsync(null, () => pragma);
        var before = await house.StoreAsync(TelemetryHouse.Arrival(), "before");
        await house.DisposeAsync();

        pragma = trouble;
        await using var sick = await TelemetryHouse.OpenAsync(house.Folder, () => Volatile.Read(ref pragma));
        var receipt = await sick.AppendAsync(TelemetryHouse.Arrival(), Noise(400_000));
        await Assert.ThrowsAsync<FramesNotStoredException>(() => receipt.Durable);
        Assert.StartsWith("store-failed: ", sick.Log.Trouble, StringComparison.Ordinal);

        Volatile.Write(ref pragma, "");
        var after = await sick.StoreAsync(TelemetryHouse.Arrival(), "after");
        Assert.Null(sick.Log.Trouble);
        Assert.Equal("before", await sick.TextAsync(before));
        Assert.Equal("after", await sick.TextAsync(after));
        Assert.Null(await sick.Reader.FindAsync(receipt.Id, default));
        Assert.Equal(2, (await sick.Reader.ListAsync(new("M1", null, null), default)).Items.Count);
    }

    [Fact]
    public async Task Trouble_ends_also_when_no_frame_comes()
    {
        var pragma = "PRAGMA query_only = 1";
        await using var house = await TelemetryHouse.OpenAsync(null, () => Volatile.Read(ref pragma));
        var receipt = await house.AppendAsync(TelemetryHouse.Arrival(), "x");
        await Assert.ThrowsAsync<FramesNotStoredException>(() => receipt.Durable);
        Volatile.Write(ref pragma, "");
        await Ingest.Eventually.That(() => house.Log.Trouble is null);
    }

    [Fact]
    public async Task A_nearly_full_disk_is_refused_before_writing()
    {
        await using var house = await TelemetryHouse.OpenAsync(null, null, ("MinimumFreeBytes", long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("MinimumFreePercent", "50"));
        if (new DriveInfo(house.Folder) is { } drive && drive.AvailableFreeSpace > drive.TotalSize / 2) Assert.Skip("More than half of this disk is free.");
        var receipt = await house.AppendAsync(TelemetryHouse.Arrival(), "x");
        await Assert.ThrowsAsync<FramesNotStoredException>(() => receipt.Durable);
        Assert.Equal("disk-nearly-full", house.Log.Trouble);
    }

    private static string Noise(int length)
    {
        var random = new Random(1);
        return string.Create(length, random, (span, source) =>
        {
            foreach (ref var c in span) c = (char)source.Next(33, 127);
        });
    }

    [Fact]
    public async Task A_checkpoint_that_fails_moves_no_mark_and_is_made_good_later()
    {
        var pragma = "";
        await using var house = await TelemetryHouse.OpenAsync(null, () => pragma);
        await house.ApplyAsync(1, 1, TelemetryHouse.Noon.DateTime, ("a21002", "Rtd", "1", "N"));
        await house.ApplyAsync(1, 2, TelemetryHouse.Noon.DateTime, ("a21002", "Rtd", "2", "N"));
        pragma = "PRAGMA query_only = 1";
        await Assert.ThrowsAnyAsync<SqliteException>(() => house.CheckpointAsync(5));
        Assert.Equal(0, house.Tail.AppliedThrough);
        pragma = "";
        await house.CheckpointAsync(5);
        Assert.Equal(5, house.Tail.AppliedThrough);
        Assert.Single(house.Get<IChunkStore>().Conflicts(1, TelemetryHouse.Noon.DateTime, TelemetryHouse.Noon.DateTime.AddHours(1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whichever_of_its_writings_fails_a_checkpoint_is_made_good_by_the_next_one(int failing)
    {
        var opened = 0;
        var armed = false;
        await using var house = await TelemetryHouse.OpenAsync(null, () => Volatile.Read(ref armed) && ++opened == failing ? "PRAGMA query_only = 1" : "");
        await house.ApplyAsync(1, 1, TelemetryHouse.Noon.DateTime, ("a21002", "Rtd", "1", "N"));
        for (var made = 0; made < 2; made++) await house.CheckpointAsync(1); // by then every file is known to be whole
        await house.ApplyAsync(1, 2, TelemetryHouse.Noon.DateTime.AddMinutes(1), ("a21002", "Rtd", "2", "N"));
        Volatile.Write(ref armed, true); // the chunks, the newest values, the mark
        await Assert.ThrowsAnyAsync<SqliteException>(() => house.CheckpointAsync(5));
        await house.CheckpointAsync(5);
        await house.DisposeAsync();

        await using var again = await TelemetryHouse.OpenAsync(house.Folder);

        Assert.Equal(5, again.Tail.AppliedThrough);
        Assert.Equal("2", Assert.Single(again.Get<LatestValues>().Of(1)).Text);
        Assert.Equal(2, (await again.Get<ITelemetryReader>().ReadAllAsync(1, Resolution.Realtime, TelemetryHouse.Noon.DateTime, TelemetryHouse.Noon.DateTime.AddHours(1), default)).Count);
    }
}
