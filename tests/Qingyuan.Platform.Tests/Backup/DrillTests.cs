using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Drilling;
using Qingyuan.Platform.Backup.Due;
using Qingyuan.Platform.Backup.Vault;
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
    public async Task After_a_drill_that_failed_the_next_backup_reads_all_and_puts_right_what_it_used_unread()
    {
        await using var house = await BackupHouse.StartAsync();
        var old = Path.Combine(house.Data, "telemetry", "other-2020-01.db");
        await using (var connection = new SqliteConnection($"Data Source={old};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (content BLOB NOT NULL); INSERT INTO t VALUES (randomblob(100000))";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        var first = await AutomaticAsync();
        var key = house.Get<VaultKeys>().Load();
        var block = Manifest.Read(first.Path, key).Files.Single(file => file.Path == "telemetry/other-2020-01.db").Blocks.Single().Name;
        var path = Path.Combine(house.Vault, "blocks", block[..2], block);
        var damaged = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        damaged[damaged.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);

        await AutomaticAsync();
        Assert.Equal(damaged, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)); // used unread
        Assert.False(await DrillAsync());
        await AutomaticAsync();

        Assert.NotEqual(damaged, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.True(await DrillAsync());

        async Task<BackupInfo> AutomaticAsync() => (await house.Get<IBackups>().CreateAsync(house.Vault, BackupKind.Automatic, BackupHouse.Administrator, TestContext.Current.CancellationToken)).Value;

        async Task<bool> DrillAsync() => (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, TestContext.Current.CancellationToken)).Value.Ok;
    }

    [Fact]
    public async Task The_time_in_which_a_drill_holds_itself_back_is_not_time_of_recovery()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.FileAsync("photo", 8 << 20);
        var backup = await house.TakeAsync();
        var slow = Microsoft.Extensions.Options.Options.Create(new BackupOptions { BytesPerSecond = 2 << 20 });
        var watch = Stopwatch.StartNew();
        var drill = new DrillRun(house.Get<IInstallations>(), slow, TimeProvider.System) { Answered = watch.Stop };

        var report = await drill.RunAsync(backup, house.Get<VaultKeys>().Load(), Path.Combine(house.Root, "scratch"), TestContext.Current.CancellationToken);

        // Two blocks of two seconds each, half a second of which a slow machine may have used itself.
        Assert.True(report.RtoSeconds <= watch.Elapsed.TotalSeconds - 3, $"{report.RtoSeconds} of {watch.Elapsed.TotalSeconds}");
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
