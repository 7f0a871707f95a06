using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Ingest.Applying;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Database files in which pages are not what was written: one of them stops nothing but itself.</summary>
public class DamagedFileTests
{
    private const int Page = 16384;
    private static readonly DateTime Now = TelemetryHouse.Noon.DateTime;
    private static readonly DateTime September = new(2026, 9, 20, 8, 0, 0);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_old_month_of_frames_that_cannot_be_read_is_a_finding_and_frames_are_stored_as_before()
    {
        string folder;
        FrameId first, newest;
        await using (var house = await TelemetryHouse.OpenAsync())
        {
            folder = house.Folder;
            first = await house.StoreAsync(TelemetryHouse.Arrival(at: TelemetryHouse.Noon.AddMonths(-2)), "##old\r\n");
            newest = await house.StoreAsync(TelemetryHouse.Arrival(), "##new\r\n");
        }

        Spoil(folder, "frames-2026-09.db");
        await using var again = await TelemetryHouse.OpenAsync(folder);

        Assert.NotNull(await again.TextAsync(await again.StoreAsync(TelemetryHouse.Arrival(), "##newest\r\n")));
        Assert.Equal("##new\r\n", await again.TextAsync(newest));
        await Assert.ThrowsAnyAsync<StoredDamageException>(() => again.TextAsync(first)); // not: there is none
        var report = await again.Get<IScrub>().RunAsync(Ct);
        Assert.Equal("frames-2026-09.db", Assert.Single(report.Findings, finding => finding.Check is "file").Where);
        Assert.Equal(2, report.Batches);
    }

    [Fact]
    public async Task A_month_of_chunks_that_cannot_be_read_holds_up_neither_stations_nor_the_other_months()
    {
        string folder;
        await using (var house = await TelemetryHouse.OpenAsync())
        {
            folder = house.Folder;
            await house.ApplyAsync(1, 1, September, ("a21002", "Rtd", "1", "N"));
            await house.ApplyAsync(1, 2, Now, ("a21002", "Rtd", "2", "N"));
            await house.CheckpointAsync(2);
        }

        Spoil(folder, "chunks-2026-09.db");
        await using (var again = await TelemetryHouse.OpenAsync(folder))
        {
            Assert.Equal(ApplyOutcome.New, await again.ApplyAsync(1, 3, September.AddMinutes(1), ("a21002", "Rtd", "3", "N")));
            Assert.Equal(ApplyOutcome.New, await again.ApplyAsync(1, 4, Now.AddMinutes(1), ("a21002", "Rtd", "4", "N")));
            await Assert.ThrowsAnyAsync<StoredDamageException>(() => again.CheckpointAsync(4));
            Assert.Equal(2, again.Tail.AppliedThrough); // what could not be written is applied again after a restart
            Assert.DoesNotContain(again.Get<IChunkStore>().OpenKeys(), key => key.Month != ChunkKey.Of(Resolution.Realtime, Now, 1).Month);
            var report = await again.Get<IScrub>().RunAsync(Ct);
            Assert.Equal("chunks-2026-09.db", Assert.Single(report.Findings, finding => finding.Check is "file").Where);
        }

        await using var killed = await TelemetryHouse.OpenAsync(folder);
        Assert.Equal(["2", "4"], (await killed.Get<ITelemetryReader>().ReadAsync(new(1, "a21002", Now, Now.AddHours(1), Resolution.Realtime), Ct)).Select(row => row.Value));
    }

    [Fact]
    public async Task It_is_met_at_the_start_and_not_only_by_the_walk()
    {
        string folder;
        await using (var house = await TelemetryHouse.OpenAsync())
        {
            folder = house.Folder;
            await house.ApplyAsync(1, 1, September, ("a21002", "Rtd", "1", "N"));
            await house.CheckpointAsync(2);
        }

        Spoil(folder, "chunks-2026-09.db");
        await using var again = await TelemetryHouse.OpenAsync(folder);

        await Ingest.Eventually.That(() => again.Get<DamagedFiles>().All is [("chunks-2026-09.db", _)]); // the list is looked at when it starts
    }

    [Fact]
    public void A_damaged_file_is_not_waited_for()
    {
        Assert.False(TwinFailures.IsTheWorld(new SqliteException("malformed", 11)));
        Assert.False(TwinFailures.IsTheWorld(new InvalidOperationException("", new SqliteException("not a database", 26))));
        Assert.False(TwinFailures.IsTheWorld(new ChunkCorruptException("1")));
        Assert.True(TwinFailures.IsTheWorld(new SqliteException("busy", 5)));
        Assert.True(TwinFailures.IsTheWorld(new IOException()));
    }

    /// <summary>Every page but the first is noise; the tables are still named.</summary>
    private static void Spoil(string folder, string name)
    {
        var path = Path.Combine(folder, "telemetry", name);
        SqliteFiles.TakeIn(path);
        SqliteConnection.ClearAllPools();
        using var file = new FileStream(path, FileMode.Open);
        Assert.True(file.Length > Page);
        var noise = new byte[file.Length - Page];
        Array.Fill(noise, (byte)0x55);
        file.Position = Page;
        file.Write(noise);
    }
}
