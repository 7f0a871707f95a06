using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Telemetry.Contracts;

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
