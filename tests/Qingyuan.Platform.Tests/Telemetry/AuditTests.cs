using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Auditing;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Reading everything finds every byte that is not as it was written.</summary>
public class AuditTests
{
    private static readonly DateTime Noon = new(2026, 11, 25, 12, 0, 0);

    [Fact]
    public async Task A_whole_store_has_no_findings()
    {
        await using var house = await FilledAsync();

        var report = await house.Get<ITelemetryAudit>().RunAsync(TestContext.Current.CancellationToken);

        Assert.True(report.Ok, string.Join('\n', report.Findings));
        Assert.Equal((3, 3, 1), (report.Batches, report.Frames, report.Chunks));
        Assert.NotNull(report.NewestFrame);
    }

    [Theory]
    [InlineData("frames", "UPDATE frame_batch SET content = zeroblob(length(content)) WHERE id = (SELECT min(id) FROM frame_batch)", "batch")]
    [InlineData("frames", "DELETE FROM frame_batch WHERE id = (SELECT id FROM frame_batch ORDER BY id LIMIT 1 OFFSET 1)", "chain")]
    [InlineData("chunks", "UPDATE chunk_open SET bytes = zeroblob(length(bytes))", "chunk")]
    [InlineData("frames", "DELETE FROM frame_batch WHERE id = (SELECT max(id) FROM frame_batch)", "chunk-frame")]
    public async Task What_was_changed_behind_our_back_is_named(string kind, string tampering, string check)
    {
        string folder;
        await using (var house = await FilledAsync()) folder = house.Folder;
        Execute(Directory.EnumerateFiles(Path.Combine(folder, "telemetry"), kind + "-*.db").Single(), tampering);
        await using var again = await TelemetryHouse.OpenAsync(folder);

        var report = await again.Get<ITelemetryAudit>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Contains(check, report.Findings.Select(finding => finding.Check));
    }

    [Fact]
    public async Task Many_damaged_chunks_keep_no_batch_from_being_read_and_tell_nothing_false_of_the_log()
    {
        await using var house = await TelemetryHouse.OpenAsync();
        var last = await house.StoreAsync(TelemetryHouse.Arrival(), "##frame\r\n");
        for (var station = 1; station <= 120; station++) await house.ApplyAsync(station, last.Batch, Noon, ("a21026", "Rtd", "35.1", "N"));
        await house.CheckpointAsync(last.Batch);
        house.Execute("chunks-2026-11.db", "UPDATE chunk_open SET bytes = zeroblob(length(bytes)) WHERE key > (SELECT min(key) FROM chunk_open)", "");

        var report = await house.Get<ITelemetryAudit>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, report.Batches);
        Assert.Equal(Enumerable.Repeat("chunk", 100), report.Findings.Select(finding => finding.Check));
    }

    [Fact]
    public async Task A_walk_that_breaks_off_at_its_hundredth_damaged_batch_does_not_claim_that_the_log_ends_there()
    {
        await using var house = await TelemetryHouse.OpenAsync();
        var last = default(FrameId);
        for (var number = 0; number < 120; number++) last = await house.StoreAsync(TelemetryHouse.Arrival(), $"##frame {number}\r\n");
        await house.ApplyAsync(1, last.Batch, Noon, ("a21026", "Rtd", "35.1", "N"));
        await house.CheckpointAsync(last.Batch);
        house.Tamper("frames-2026-11.db", "UPDATE frame_batch SET content = zeroblob(length(content))", "");

        var report = await house.Get<ITelemetryAudit>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("batch", Assert.Single(report.Findings.Select(finding => finding.Check).Distinct()));
    }

    [Fact]
    public async Task A_walk_that_was_cut_off_goes_on_where_it_was_and_one_that_a_person_wants_begins_anew()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var house = await TelemetryHouse.OpenAsync();
        for (var number = 0; number < 40; number++) await house.StoreAsync(TelemetryHouse.Arrival(), $"##frame {number}\r\n");
        using (var cut = new CancellationTokenSource())
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.Get<TelemetryAudit>().RunAsync(Pace.Full, cut.Token, new(new CutOff(house.Get<IMarkStore>(), cut), 1)));
        house.Tamper("frames-2026-11.db", Zeroed(3), "");

        var rest = await house.Get<Scrub>().GoOnAsync(ct);
        var whole = await house.Get<IScrub>().RunAsync(ct);

        Assert.Equal((24L, 24L, 0), (rest.Batches, rest.Frames, rest.Findings.Count)); // sixteen were a page
        Assert.Equal((40L, "batch"), (whole.Batches, Assert.Single(whole.Findings).Check));
        Assert.Equal(0, house.Get<IMarkStore>().Read(IMarkStore.Walked));
    }

    [Fact]
    public async Task The_place_to_go_on_from_stays_before_what_is_damaged()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var house = await TelemetryHouse.OpenAsync();
        List<long> batches = [];
        for (var number = 0; number < 40; number++) batches.Add((await house.StoreAsync(TelemetryHouse.Arrival(), $"##frame {number}\r\n")).Batch);
        house.Tamper("frames-2026-11.db", Zeroed(20), "");

        await house.Get<TelemetryAudit>().RunAsync(Pace.Full, ct, new(house.Get<IMarkStore>(), 1));

        Assert.Equal(batches[15], house.Get<IMarkStore>().Read(IMarkStore.Walked));
        Assert.Single((await house.Get<Scrub>().GoOnAsync(ct)).Findings);
        await house.Get<TelemetryAudit>().RunAsync(Pace.Full, ct, new(house.Get<IMarkStore>(), 1));
        house.Get<IRestoredTelemetry>().LeaveRoom();
        Assert.Equal(0, house.Get<IMarkStore>().Read(IMarkStore.Walked)); // another disk was read
    }

    private static string Zeroed(int number) => $"UPDATE frame_batch SET content = zeroblob(length(content)) WHERE id = (SELECT id FROM frame_batch ORDER BY id LIMIT 1 OFFSET {number})";

    [Fact]
    public async Task A_restored_store_writes_above_every_id_the_lost_one_can_have_given()
    {
        string folder;
        long lost;
        await using (var house = await FilledAsync())
        {
            folder = house.Folder;
            house.Get<IRestoredTelemetry>().LeaveRoom();
            lost = (await house.StoreAsync(TelemetryHouse.Arrival(), "##late\r\n")).Batch;
        }

        for (var start = 0; start < 3; start++)
        {
            await using var again = await TelemetryHouse.OpenAsync(folder);
            var id = (await again.StoreAsync(TelemetryHouse.Arrival(), "##again\r\n")).Batch;
            Assert.True(id >> 32 > (lost >> 32) + 1000);
            Assert.NotNull(await again.TextAsync(new(id, 0)));
        }
    }

    /// <summary>Ends the walk when it first writes down how far it came.</summary>
    private sealed class CutOff(IMarkStore marks, CancellationTokenSource cut) : IMarkStore
    {
        public long Read(string name) => marks.Read(name);

        public void Write(string name, long value)
        {
            marks.Write(name, value);
            cut.Cancel();
        }
    }

    private static async Task<TelemetryHouse> FilledAsync()
    {
        var house = await TelemetryHouse.OpenAsync();
        var last = default(FrameId);
        for (var number = 0; number < 3; number++) last = await house.StoreAsync(TelemetryHouse.Arrival(), $"##frame {number}\r\n");
        await house.ApplyAsync(1, last.Batch, Noon, ("a21026", "Rtd", "35.1", "N"));
        await house.CheckpointAsync(last.Batch);
        return house;
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements of this test
        command.CommandText = TelemetryHouse.Untriggered + sql;
#pragma warning restore CA2100
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
