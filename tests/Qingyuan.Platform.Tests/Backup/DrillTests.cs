using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Due;
using Qingyuan.Platform.Evidence.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>A backup is worth what a drill found.</summary>
public class DrillTests
{
    [Fact]
    [Requirement("R-5.5.3-8")]
    public async Task A_drill_restores_checks_and_writes_down_what_it_measured()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 500);
        await house.SealedAsync(await house.RecordAsync("something"));
        await house.TakeAsync();

        var report = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, TestContext.Current.CancellationToken)).Value;

        Assert.True(report.Ok, string.Join('\n', report.Findings));
        Assert.Equal(500, report.FramesChecked);
        Assert.True(report.ProofsChecked > 0);
        Assert.True(report.RtoSeconds > 0);
        Assert.Equal(report.Id, Assert.Single(await house.Get<IBackups>().DrillsAsync(10, TestContext.Current.CancellationToken)).Id);
        var entry = Assert.Single((await house.Get<ILedgerReader>().ListAsync(new(KindPrefix: "backup.drill"), TestContext.Current.CancellationToken)).Items);
        Assert.Equal("500", (string?)entry.Body["framesChecked"]);
        Assert.False(Directory.Exists(Path.Combine(house.Vault, "drill")));
    }

    [Fact]
    public async Task A_backup_of_damaged_frames_does_not_pass_though_every_byte_came_back()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 50);
        await house.StopAsync();
        Tamper(Directory.EnumerateFiles(Path.Combine(house.Data, "telemetry"), "frames-*.db").Single());
        await house.StartAsync(house.Data);
        await house.TakeAsync();

        var report = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, TestContext.Current.CancellationToken)).Value;

        Assert.False(report.Ok);
        Assert.Contains(report.Findings, finding => finding.StartsWith("batch ", StringComparison.Ordinal));
        var told = Assert.Single(await house.Get<IBackups>().DrillsAsync(10, TestContext.Current.CancellationToken)).Findings;
        Assert.Equal(report.Findings.Select(finding => BackupTexts.Finding(finding)), told);
        Assert.Empty(told.Intersect(report.Findings)); // every line of what is really found has its sentence
    }

    [Fact]
    public async Task A_drill_that_cannot_be_carried_through_is_one_that_failed_and_alarms()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.TakeAsync();
        foreach (var block in Directory.EnumerateFiles(Path.Combine(house.Vault, "blocks"), "*", SearchOption.AllDirectories)) File.Delete(block);

        var report = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, TestContext.Current.CancellationToken)).Value;
        await house.Get<BackupService>().TurnAsync(TestContext.Current.CancellationToken);

        Assert.False(report.Ok);
        Assert.Contains("missing", Assert.Single(report.Findings), StringComparison.Ordinal);
        var alarms = await house.Get<IAlarmDesk>().ListAsync(new(OpenOnly: true, Kind: AlarmKind.Platform), null, TestContext.Current.CancellationToken);
        Assert.Single(alarms.Items, alarm => alarm.Cause == BackupService.DrillCause);
    }

    [Fact]
    public async Task Where_there_is_no_backup_there_is_no_drill()
    {
        await using var house = await BackupHouse.StartAsync();

        Assert.Equal("backup.none", (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, TestContext.Current.CancellationToken)).Refusal.Code);
    }

    private static void Tamper(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Telemetry.TelemetryHouse.Untriggered + "UPDATE frame_batch SET sha256 = zeroblob(32)";
        command.ExecuteNonQuery();
    }
}
