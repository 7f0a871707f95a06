using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On files.</summary>
public sealed class SqliteChunkStoreTests() : ChunkStoreTests(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresChunkStoreTests() : ChunkStoreTests(Engine.Postgres);

public abstract class ChunkStoreTests(Engine engine) : TelemetryTests(engine)
{
    private static readonly DateTime Noon = new(2026, 11, 25, 12, 0, 0);

    [Fact]
    [Requirement("R-5.5.1-1e")]
    [Requirement("R-5.7.3-6d")]
    public async Task Extreme_negative_and_odd_values_pass_unchanged_through_memory_and_disk()
    {
        string[] texts = ["-999999999", "999999999999", "-0.001", "0", "-0", "1E9", "", "0.000", "99999.9", "abc"];
        await using var house = await OpenAsync();
        for (var i = 0; i < texts.Length; i++) await house.ApplyAsync(1, i + 1, Noon.AddMinutes(i), ("a21002", "Rtd", texts[i], "N"));
        Assert.Equal(texts, (await SeriesAsync(house, "a21002")).Select(row => row.Value));
        await house.CheckpointAsync(10);
        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        var rows = await SeriesAsync(again, "a21002");
        Assert.Equal(texts, rows.Select(row => row.Value));
        Assert.Equal(Enumerable.Range(0, texts.Length).Select(i => (FrameId?)new FrameId(i + 1, 0)), rows.Select(row => row.Frame));
    }

    [Theory]
    [InlineData(Resolution.Realtime)]
    [InlineData(Resolution.Minute)]
    [InlineData(Resolution.Hour)]
    [InlineData(Resolution.Day)]
    public async Task A_late_frame_reopens_its_chunk(Resolution resolution)
    {
        await using var house = await OpenAsync();
        var old = Noon.AddMonths(-2);
        var quantity = resolution is Resolution.Realtime ? "Rtd" : "Avg";
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, 1, old, resolution, ("a21002", quantity, "1.5", "N")));
        await house.CheckpointAsync(2);
        Assert.Equal(0, house.Get<OpenChunks>().Count);
        var later = resolution is Resolution.Day ? old.AddDays(1) : resolution is Resolution.Hour ? old.AddHours(1) : old.AddMinutes(1);
        Assert.Equal(ApplyOutcome.Repeat, await house.ApplyAsync(1, 2, old, resolution, ("a21002", quantity, "1.5", "N")));
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, 3, later, resolution, ("a21002", quantity, "2.5", "N"), ("w01018", quantity, "30", null)));
        await house.CheckpointAsync(3);
        Assert.Equal(0, house.Get<OpenChunks>().Count);
        var rows = await house.Get<ITelemetryReader>().ReadAsync(new(1, "a21002", old.AddDays(-2), old.AddDays(2), resolution), default);
        Assert.Equal([("1.5", old), ("2.5", later)], rows.Select(row => (row.Value, row.At)));
        Assert.Equal(3, house.Tail.AppliedThrough);
    }

    [Fact]
    public async Task Frames_of_one_moment_with_different_factors_merge()
    {
        await using var house = await OpenAsync();
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, 1, Noon, ("a21002", "Rtd", "1", "N")));
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, 2, Noon, ("a21026", "Rtd", "2", "D")));
        await house.CheckpointAsync(2);
        var all = await house.Get<ITelemetryReader>().ReadAllAsync(1, Resolution.Realtime, Noon, Noon.AddHours(1), default);
        Assert.Equal([("a21002", 1L), ("a21026", 2L)], all.Select(frame => (frame.Values.Single().Factor, frame.Frame.Batch)));
        Assert.Equal("D", (await SeriesAsync(house, "a21026")).Single().Flag);
    }

    [Theory]
    [InlineData("2.0", "N")]
    [InlineData("1.50", "N")]
    [InlineData("1.5", "F")]
    public async Task The_first_value_of_a_moment_stands_and_the_contradiction_is_kept(string text, string flag)
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, Noon, ("a21002", "Rtd", "1.5", "N"));
        Assert.Equal(ApplyOutcome.Conflict, await house.ApplyAsync(1, 2, Noon, ("a21002", "Rtd", text, flag), ("a21026", "Rtd", "7", "N")));
        await house.CheckpointAsync(2);
        Assert.Equal(ApplyOutcome.Conflict, await house.ApplyAsync(1, 2, Noon, ("a21002", "Rtd", text, flag), ("a21026", "Rtd", "7", "N")));
        await house.CheckpointAsync(3);
        Assert.Equal("1.5", (await SeriesAsync(house, "a21002")).Single().Value);
        Assert.Equal("7", (await SeriesAsync(house, "a21026")).Single().Value);
        var conflict = Assert.Single(house.Get<IChunkStore>().Conflicts(1, Noon, Noon.AddHours(1)));
        Assert.Equal((new FrameId(1, 0), new FrameId(2, 0), "a21002"), (conflict.First, conflict.Second, conflict.Factor));
    }

    [Fact]
    public async Task A_crash_anywhere_around_a_checkpoint_only_means_applying_again()
    {
        // Chunks written and mark not; mark written; nothing written: in each case the log is applied again from the mark.
        await using var house = await OpenAsync();
        for (var i = 0; i < 10; i++) await house.ApplyAsync(1, i, Noon.AddMinutes(i), ("a21002", "Rtd", $"{i}", "N"));
        house.Get<OpenChunks>().WriteAll();
        for (var i = 10; i < 20; i++) await house.ApplyAsync(1, i, Noon.AddMinutes(i), ("a21002", "Rtd", $"{i}", "N"));

        await using var crashed = await OpenAsync(house.Folder); // the first one never got to say goodbye
        Assert.Equal(0, crashed.Tail.AppliedThrough);
        Assert.Equal(10, (await SeriesAsync(crashed, "a21002")).Count);
        for (var i = 0; i < 20; i++)
            Assert.Equal(i < 10 ? ApplyOutcome.Repeat : ApplyOutcome.New, await crashed.ApplyAsync(1, i, Noon.AddMinutes(i), ("a21002", "Rtd", $"{i}", "N")));
        await crashed.CheckpointAsync(20);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), (await SeriesAsync(crashed, "a21002")).Select(row => row.Value));
        Assert.Equal(20, crashed.Tail.AppliedThrough);
    }

    [Fact]
    public async Task An_open_chunk_is_rewritten_apart_and_moves_when_its_hour_is_over_also_after_a_restart()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, Noon.AddMinutes(1), ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(1);
        Assert.Single(house.Get<IChunkStore>().OpenKeys());
        Assert.Equal(1, house.Get<OpenChunks>().Count);
        await house.DisposeAsync();

        await using var again = await OpenAsync(house.Folder);
        again.Time.Advance(TimeSpan.FromHours(2));
        await again.CheckpointAsync(2);
        Assert.Empty(again.Get<IChunkStore>().OpenKeys());
        Assert.Equal(0, again.Get<OpenChunks>().Count);
        Assert.Equal("1", (await SeriesAsync(again, "a21002")).Single().Value);
    }

    [Fact]
    public async Task A_clock_that_goes_back_does_not_hide_what_was_written()
    {
        await using var house = await OpenAsync();
        house.Time.Advance(TimeSpan.FromHours(3));
        await house.ApplyAsync(1, 1, Noon, ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(1);
        await house.DisposeAsync();
        await using var back = await OpenAsync(house.Folder);
        await back.ApplyAsync(1, 2, Noon.AddMinutes(1), ("a21002", "Rtd", "2", "N"));
        await back.CheckpointAsync(2);
        await back.DisposeAsync();
        await using var last = await OpenAsync(house.Folder);
        Assert.Equal(["1", "2"], (await SeriesAsync(last, "a21002")).Select(row => row.Value));
    }

    [Fact]
    public async Task Memory_is_bounded_by_writing_early()
    {
        await using var house = await OpenAsync(null, null, ("OpenValues", "10000"));
        for (var station = 1; station <= 60; station++)
        {
            for (var minute = 0; minute < 20; minute++)
                await house.ApplyAsync(station, minute, Noon.AddMinutes(minute), [.. Enumerable.Range(0, 20).Select(i => ($"a{i:00000}", "Rtd", $"{minute}.{i}", (string?)"N"))]);
        }

        Assert.InRange(house.Get<OpenChunks>().Count, 1, 30);
        var reader = house.Get<ITelemetryReader>();
        for (var station = 1; station <= 60; station++)
            Assert.Equal(20, (await reader.ReadAsync(new(station, "a00007", Noon, Noon.AddHours(1), Resolution.Realtime), default)).Count);
    }

    [Fact]
    public async Task Rows_count_as_well_for_whoever_sends_one_factor_at_a_time()
    {
        await using var house = await OpenAsync(null, null, ("OpenValues", "10000"));
        for (var station = 1; station <= 40; station++)
        for (var second = 0; second < 100; second++)
            await house.ApplyAsync(station, second, Noon.AddSeconds(second), ("w01018", "Rtd", $"{second}", "N"));

        Assert.InRange(house.Get<OpenChunks>().Count, 1, 12); // 900 each
        Assert.Equal(100, (await house.Get<ITelemetryReader>().ReadAsync(new(1, "w01018", Noon, Noon.AddHours(1), Resolution.Realtime), default)).Count);
    }

    [Fact]
    public async Task A_series_runs_over_the_end_of_hours_and_months()
    {
        await using var house = await OpenAsync();
        var start = new DateTime(2026, 10, 31, 23, 58, 0);
        for (var i = 0; i < 4; i++) await house.ApplyAsync(1, i, start.AddMinutes(i), ("w01018", "Rtd", $"{i}", "N"));
        await house.CheckpointAsync(4);
        var rows = await house.Get<ITelemetryReader>().ReadAsync(new(1, "w01018", start.AddMinutes(1), start.AddMinutes(3), Resolution.Realtime), default);
        Assert.Equal(["1", "2"], rows.Select(row => row.Value));
        Assert.Equal(["2026-10", "2026-11"], await house.MonthsAsync("chunks", "chunk"));
    }

    [Fact]
    public async Task Latest_values_survive_a_restart_and_a_clock_set_right()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, Noon, ("a21002", "Rtd", "1", "N"));
        await house.ApplyAsync(1, 2, Noon.AddMinutes(-5), ("a21002", "Rtd", "late", "N"));
        await house.ApplyAsync(2, 3, Noon.AddYears(50), ("a21002", "Rtd", "from the future", "N"));
        await house.ApplyAsync(2, 4, Noon, ("a21002", "Rtd", "now", "N"));
        await house.CheckpointAsync(4);
        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        var reader = again.Get<ITelemetryReader>();
        Assert.Equal("1", (await reader.LatestAsync(1, default)).Single().Text);
        Assert.Equal("now", (await reader.LatestAsync(2, default)).Single().Text);
    }

    [Fact]
    public async Task A_damaged_chunk_is_said_and_kept_aside_when_its_hour_goes_on()
    {
        await using var house = await OpenAsync();
        await house.ApplyAsync(1, 1, Noon.AddHours(-3), ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(1);
        house.Tamper("chunks-2026-11.db", "UPDATE chunk_realtime SET bytes = CAST(bytes || x'00' AS BLOB)", "UPDATE telemetry.chunk SET bytes = bytes || '\\x00'::bytea");

        await Assert.ThrowsAsync<ChunkCorruptException>(() => SeriesAsync(house, "a21002"));
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, 1, Noon.AddHours(-3), ("a21002", "Rtd", "1", "N")));
        await house.CheckpointAsync(2);
        Assert.Equal("1", (await SeriesAsync(house, "a21002")).Single().Value);
    }

    [Fact]
    public async Task Reading_everything_gives_each_chunk_once_over_pages_resolutions_and_months()
    {
        await using var house = await OpenAsync();
        for (var station = 1; station <= 600; station++)
        {
            await house.ApplyAsync(station, 1, Noon, ("a21002", "Rtd", "1", "N"));
            await house.ApplyAsync(station, 1, Noon.AddHours(-5), Resolution.Minute, ("a21002", "Avg", "1", "N"));
            await house.ApplyAsync(station, 1, Noon.AddMonths(-1), Resolution.Hour, ("a21002", "Avg", "1", "N"));
        }

        await house.CheckpointAsync(1);

        var keys = house.Get<IChunkStore>().All().Select(chunk => chunk.Key).ToList();
        Assert.Equal(1800, keys.Count);
        Assert.Equal(1800, keys.Distinct().Count());
    }

    [Fact]
    public async Task Derived_results_are_revised_never_changed_and_stay_apart()
    {
        await using var house = await OpenAsync();
        var store = house.Get<IDerivedStore>();
        var first = new DerivedValue("a21002", "56.1", "80.2", "50", "60", "valid", "N", "HJ75-HOUR@2017.1", "minutes=60;normal=60");
        var second = first with { Value = "56.2" };
        Assert.True(await store.PutAsync(1, Resolution.Hour, Noon, [first], default));
        Assert.False(await store.PutAsync(1, Resolution.Hour, Noon, [first], default));
        Assert.True(await store.PutAsync(1, Resolution.Hour, Noon, [second], default));
        Assert.True(await store.PutAsync(1, Resolution.Hour, Noon, [first], default));
        Assert.True(await store.PutAsync(1, Resolution.Hour, Noon.AddHours(1), [second], default));
        var periods = await store.ReadAsync(1, Resolution.Hour, Noon, Noon.AddDays(1), default);
        Assert.Equal([(Noon, first), (Noon.AddHours(1), second)], periods.Select(period => (period.Start, period.Values.Single())));
        var rows = await house.Get<ITelemetryReader>().ReadAsync(new(1, "a21002", Noon, Noon.AddDays(1), Resolution.Hour, Derived: true), default);
        Assert.Equal(["80.2", "80.2"], rows.Select(row => row.Converted));
        Assert.Empty(await house.Get<ITelemetryReader>().ReadAsync(new(1, "a21002", Noon, Noon.AddDays(1), Resolution.Hour), default));
    }

    private static Task<IReadOnlyList<ReadingRow>> SeriesAsync(TelemetryHouse house, string factor) =>
        house.Get<ITelemetryReader>().ReadAsync(new(1, factor, Noon.AddHours(-5), Noon.AddHours(1), Resolution.Realtime), default);
}
