using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On files.</summary>
public sealed class SqliteMendingTests() : MendingTests(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresMendingTests() : MendingTests(Engine.Postgres);

/// <summary>What turned out to be damaged stays in a list until all of it is on disk again.</summary>
public abstract class MendingTests(Engine engine)
{
    private static readonly DateTime Hour = new(2026, 11, 20, 8, 0, 0);
    private static readonly DateTime May = new(2024, 5, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_frame_for_a_damaged_hour_takes_nothing_of_it_away()
    {
        var frames = new FramesAgain();
        await using var house = await FilledAsync(frames, 10);
        house.Get<IMarkStore>().Write(IMarkStore.Scrubbed, TelemetryHouse.Noon.ToUnixTimeSeconds()); // no walk is due for a week
        Damage(house);

        Assert.Equal(ApplyOutcome.New, await ApplyAsync(house, Values(11, Hour.AddMinutes(30))));

        await Ingest.Eventually.That(() => house.Get<IChunkStore>().Unmended().Count is 0, () => house.Time.Advance(TimeSpan.FromMinutes(1)));
        Assert.Equal(11, (await TextsAsync(house)).Count);
        Assert.Equal((0, 0), await ScrubAsync(house));
        await house.DisposeAsync();
        await using var again = await OpenAsync(null, house.Folder);
        Assert.Equal(11, (await TextsAsync(again)).Count);
    }

    [Fact]
    public async Task What_a_killed_process_had_set_aside_is_a_finding_and_is_made_anew_at_the_next_start()
    {
        var frames = new FramesAgain();
        await using var killed = await FilledAsync(new(), 10, frames);
        Damage(killed);
        await ApplyAsync(killed, Values(11, Hour.AddMinutes(30)));
        await killed.CheckpointAsync(11); // the mark is past all of them; then it is killed

        await using (var blind = await OpenAsync(null, killed.Folder)) Assert.Single((await blind.Get<ITelemetryAudit>().RunAsync(Ct)).Findings, finding => finding.Check is "chunk");
        await using var again = await OpenAsync(frames, killed.Folder);

        await Ingest.Eventually.That(() => again.Get<IChunkStore>().Unmended().Count is 0);
        Assert.Equal(11, (await TextsAsync(again)).Count);
    }

    [Fact]
    public async Task Mended_is_what_is_on_disk()
    {
        var frames = new FramesAgain();
        await using var house = await FilledAsync(frames, 10);
        Damage(house);

        Assert.Equal((1, 0), await ScrubAsync(house));

        await using var killed = await OpenAsync(null, house.Folder); // the first one never wrote a checkpoint
        Assert.Equal(10, (await TextsAsync(killed)).Count);
        Assert.Equal((0, 0), await ScrubAsync(killed));
    }

    [Fact]
    public async Task Fewer_values_than_there_were_are_a_finding_until_all_are_back()
    {
        var few = new FramesAgain();
        await using var house = await FilledAsync(new(), 10);
        await house.DisposeAsync();
        await using var again = await OpenAsync(few, house.Folder);
        Damage(again);
        for (var minute = 0; minute < 3; minute++) few.Add(1, Values(minute + 1, Hour.AddMinutes(minute)));

        Assert.Equal((0, 1), await ScrubAsync(again));
        Assert.Equal((0, 1), await ScrubAsync(again));
        for (var minute = 3; minute < 10; minute++) few.Add(1, Values(minute + 1, Hour.AddMinutes(minute)), RefillReach.Rest);

        var (repaired, findings) = await ScrubAsync(again);
        Assert.InRange(repaired, 0, 1); // none when the look at the start came only now
        Assert.Equal(0, findings);
        Assert.Equal(10, (await TextsAsync(again)).Count);
    }

    [Fact]
    public async Task Where_nothing_tells_how_much_there_was_only_a_whole_log_proves_that_all_is_back()
    {
        var frames = new FramesAgain();
        await using var house = await FilledAsync(frames, 10);
        var first = await house.StoreAsync(TelemetryHouse.Arrival(), "##one\r\n");
        await house.StoreAsync(TelemetryHouse.Arrival(), "##two\r\n");
        house.Tamper("chunks-2026-11.db", "UPDATE chunk_minute SET bytes = zeroblob(length(bytes))", "UPDATE telemetry.chunk SET bytes = decode(repeat('00', length(bytes)), 'hex')");
        house.Tamper("frames-2026-11.db", $"UPDATE frame_batch SET frames = frames + 1 WHERE id = {first.Batch}", $"UPDATE telemetry.frame_batch SET frames = frames + 1 WHERE id = {first.Batch}");

        Assert.Equal((0, 2), await ScrubAsync(house));

        Assert.Equal(10, (await TextsAsync(house)).Count); // there, and not proven
        house.Tamper("frames-2026-11.db", $"UPDATE frame_batch SET frames = frames - 1 WHERE id = {first.Batch}", $"UPDATE telemetry.frame_batch SET frames = frames - 1 WHERE id = {first.Batch}");
        Assert.Equal((1, 0), await ScrubAsync(house));
    }

    [Fact]
    public async Task One_that_cannot_be_made_anew_keeps_no_other_from_it()
    {
        var frames = new FramesAgain();
        await using var house = await FilledAsync(frames, 10);
        await ApplyAsync(house, Values(20, Hour), 2);
        frames.Add(2, Values(20, Hour));
        await house.CheckpointAsync(20);
        Damage(house);
        frames.Asked = station =>
        {
            if (station is 1) throw new InvalidOperationException("refused");
        };

        Assert.Equal((1, 1), await ScrubAsync(house));
    }

    [Fact]
    public async Task What_is_whole_in_memory_goes_to_disk_again()
    {
        await using var house = await OpenAsync();
        var now = TelemetryHouse.Noon.DateTime;
        await ApplyAsync(house, Values(1, now));
        await house.CheckpointAsync(1);
        house.Tamper("chunks-2026-11.db", "UPDATE chunk_open SET bytes = zeroblob(length(bytes))", "UPDATE telemetry.chunk SET bytes = decode(repeat('00', length(bytes)), 'hex')");

        Assert.Equal((1, 0), await ScrubAsync(house));

        await using var again = await OpenAsync(null, house.Folder);
        Assert.Equal(ApplyOutcome.Repeat, await ApplyAsync(again, Values(1, now)));
    }

    [Fact]
    public async Task Damaged_twice_it_is_to_be_mended_twice()
    {
        var frames = new FramesAgain();
        await using var house = await FilledAsync(frames, 10);
        Damage(house);
        Assert.Equal((1, 0), await ScrubAsync(house));
        Damage(house);
        Assert.Equal((1, 0), await ScrubAsync(house));
        Assert.Equal((0, 0), await ScrubAsync(house));
        Assert.Equal(10, (await TextsAsync(house)).Count);
    }

    [Fact]
    public async Task A_cold_part_whose_repair_was_cut_off_is_made_anew_or_missed_but_not_absent()
    {
        var frames = new FramesAgain();
        await using var house = await OpenAsync();
        for (var minute = 0; minute < 5; minute++)
        {
            await ApplyAsync(house, Values(minute + 1, May.AddMinutes(minute)));
            frames.Add(1, Values(minute + 1, May.AddMinutes(minute)));
        }

        await house.CheckpointAsync(5);
        await house.Get<IColdTier>().RunAsync(Ct);
        await house.DisposeAsync();
        var manifest = ColdFile(house, "manifest-2024-05-1.json");
        Flip(ColdFile(house, "values-2024-05.parquet"));
        File.Move(manifest, manifest + ".damaged"); // and killed

        await using (var blind = await OpenAsync(null, house.Folder))
        {
            await Ingest.Eventually.That(() => File.Exists(manifest));
            await Assert.ThrowsAsync<ColdFileException>(() => TextsAsync(blind, May));
        }

        File.Move(manifest, manifest + ".damaged");
        await using var again = await OpenAsync(frames, house.Folder);
        await Ingest.Eventually.That(() => File.Exists(manifest + ".mended"));
        Assert.Equal(5, (await TextsAsync(again, May)).Count);
        await using var killed = await OpenAsync(null, house.Folder); // on disk
        Assert.Equal(5, (await TextsAsync(killed, May)).Count);
        Assert.Equal((0, 0), await ScrubAsync(killed));
    }

    [Fact]
    public async Task What_came_late_does_not_stand_for_what_a_damaged_cold_part_had()
    {
        var frames = new FramesAgain();
        await using var house = await OpenAsync(frames);
        for (var minute = 0; minute < 5; minute++) await ApplyAsync(house, Values(minute + 1, May.AddMinutes(minute)));
        await house.CheckpointAsync(5);
        await house.Get<IColdTier>().RunAsync(Ct);
        for (var minute = 10; minute < 15; minute++) await ApplyAsync(house, Values(minute + 1, May.AddHours(2).AddMinutes(minute)) with { ReceivedAt = TelemetryHouse.Noon.AddHours(1) });
        await house.CheckpointAsync(15);
        await house.DisposeAsync();
        Flip(ColdFile(house, "values-2024-05.parquet"));
        await using var again = await OpenAsync(frames, house.Folder);
        frames.Add(1, Values(1, May));

        Assert.Equal((0, 1), await ScrubAsync(again));

        for (var minute = 1; minute < 5; minute++) frames.Add(1, Values(minute + 1, May.AddMinutes(minute)));
        Assert.Equal((1, 0), await ScrubAsync(again));
        Assert.Equal((5, 5), ((await TextsAsync(again, May)).Count, (await TextsAsync(again, May.AddHours(2))).Count));
    }

    /// <summary>An hour of station 1 with a value in each of its first minutes, closed, on disk and not in memory.</summary>
    /// <param name="frames">Of the house.</param>
    /// <param name="minutes">How many.</param>
    /// <param name="told">Gets them too; null for <paramref name="frames"/>.</param>
    private async Task<TelemetryHouse> FilledAsync(FramesAgain frames, int minutes, FramesAgain? told = null)
    {
        var house = await OpenAsync(frames);
        for (var minute = 0; minute < minutes; minute++)
        {
            await ApplyAsync(house, Values(minute + 1, Hour.AddMinutes(minute)));
            (told ?? frames).Add(1, Values(minute + 1, Hour.AddMinutes(minute)));
        }

        await house.CheckpointAsync(minutes);
        Assert.Equal(0, house.Get<OpenChunks>().Count);
        return house;
    }

    private async Task<TelemetryHouse> OpenAsync(FramesAgain? frames = null, string? folder = null)
    {
        var database = engine is Engine.Postgres && folder is null ? await (await PostgresServer.SharedAsync()).NewDatabaseAsync() : null;
        return await TelemetryHouse.OpenWithAsync(frames, database, folder);
    }

    private static ReportedValues Values(long batch, DateTime at) => new(new(batch, 0), Resolution.Minute, at, TelemetryHouse.Noon, [new("a21002", "Avg", $"{batch}.50", "N", null)]);

    private static ValueTask<ApplyOutcome> ApplyAsync(TelemetryHouse house, ReportedValues values, int station = 1) => house.Get<IChunkWriter>().ApplyAsync(station, values, Ct);

    /// <summary>Another checksum: the bytes tell how much there was.</summary>
    private static void Damage(TelemetryHouse house) => house.Tamper(
        "chunks-2026-11.db", "UPDATE chunk_minute SET bytes = CAST(substr(bytes, 1, length(bytes) - 4) || x'00000000' AS BLOB)", "UPDATE telemetry.chunk SET bytes = substring(bytes FROM 1 FOR length(bytes) - 4) || '\\x00000000'::bytea");

    private static async Task<(int Repaired, int Left)> ScrubAsync(TelemetryHouse house)
    {
        // A value names a frame that no log has: of that these tests do not speak.
        var report = await house.Get<IScrub>().RunAsync(Ct);
        return (report.Repaired, report.Findings.Count(finding => finding.Check is not "chunk-frame"));
    }

    private static async Task<IReadOnlyList<string?>> TextsAsync(TelemetryHouse house, DateTime? from = null) =>
        [.. (await house.Get<ITelemetryReader>().ReadAsync(new(1, "a21002", from ?? Hour, (from ?? Hour).AddHours(1), Resolution.Minute), Ct)).Select(row => row.Value)];

    private static string ColdFile(TelemetryHouse house, string name) => Path.Combine(house.Folder, "telemetry", "cold", name);

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 3] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
