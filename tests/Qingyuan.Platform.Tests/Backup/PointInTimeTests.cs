using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>A server with an archive of its log comes back as it was at a named moment; the files come from the newest backup before it.</summary>
public class PointInTimeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.3-8")]
    public async Task Base_backup_and_archived_log_come_back_to_the_named_moment_and_everything_verifies()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        await postgres.ArchiveAsync();
        var original = await postgres.NewDatabaseAsync();
        await using var house = await BackupHouse.StartAsync(original);
        await house.StoreAsync(0, 50);
        await house.SealedAsync(await house.RecordAsync("before the backup"));
        var backup = await house.TakeAsync();
        await using var recovered = await postgres.BaseBackupAsync();
        var frames = await house.StoreAsync(50, 50);
        var entry = await house.RecordAsync("after the backup");
        await house.SealedAsync(entry);
        var moment = await postgres.NowAsync();
        var mistake = await house.StoreAsync(100, 30);
        var wrong = await house.RecordAsync("the mistake");
        await postgres.ArchivedAsync();
        await house.StopAsync();

        await recovered.RecoverAsync(postgres, moment);
        var target = Path.Combine(house.Root, "restored");
        var report = (await house.RestoreAsync(backup, target, database: recovered.Same(original))).Value;
        await house.StartAsync(target, recovered.Same(original));

        Assert.Null(report.ServerDirectory);
        var telemetry = await house.Get<ITelemetryAudit>().RunAsync(Ct);
        Assert.True(telemetry.Ok, string.Join('\n', telemetry.Findings));
        Assert.Equal(100, telemetry.Frames);
        for (var number = 0; number < frames.Count; number++) Assert.Equal($"##frame {50 + number}", await house.TextAsync(frames[number]));
        foreach (var id in mistake) Assert.Null(await house.TextAsync(id));
        Assert.Null(await house.Get<ILedgerReader>().FindAsync(wrong, Ct));
        await LedgerGoesOnAsync(house, entry);
        Assert.True((await house.StoreAsync(130, 1))[0].Batch > mistake[^1].Batch); // no id is ever given twice
        await house.TakeAsync();
        var drill = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, Ct)).Value;
        Assert.True(drill.Ok, string.Join('\n', drill.Findings));
        await house.StopAsync();
    }

    [Fact]
    public async Task A_backup_of_files_alone_does_not_pass_for_the_files_of_a_server()
    {
        await using var house = await BackupHouse.StartAsync();
        var target = Path.Combine(house.Root, "restored");

        Assert.Equal("backup.not-of-server", (await house.RestoreAsync(await house.TakeAsync(), target, database: "Host=127.0.0.1")).Refusal.Code);
        Assert.False(Directory.Exists(target));
    }

    private static async Task LedgerGoesOnAsync(BackupHouse house, Guid entry)
    {
        var held = await house.Get<ILedgerAudit>().RunAsync(Ct);
        Assert.True(held.Ok, string.Join('\n', held.Findings));
        Assert.True((await house.Get<IRestoredLedger>().SucceedAsync("brought back to a moment", BackupHouse.Administrator, Ct)).IsOk);
        await house.SealedAsync(await house.RecordAsync("after"));
        Assert.True((await house.Get<ILedgerReader>().VerifyAsync(entry, Ct)).Ok);
        var whole = await house.Get<ILedgerAudit>().RunAsync(Ct);
        Assert.True(whole.Ok, string.Join('\n', whole.Findings));
    }
}
