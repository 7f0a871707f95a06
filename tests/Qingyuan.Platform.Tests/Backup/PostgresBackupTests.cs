using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Postgres;
using Qingyuan.Platform.Evidence.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>The same with a real PostgreSQL: its base backup comes along, is verified, started, asked.</summary>
public class PostgresBackupTests
{
    [Fact]
    public async Task A_backup_with_its_server_passes_a_drill_and_serves_again()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var original = await postgres.NewDatabaseAsync();
        await using var house = await BackupHouse.StartAsync(original);
        await house.StoreAsync(0, 100);
        var entry = await house.RecordAsync("before the backup");
        await house.SealedAsync(entry);
        var backup = await house.TakeAsync();

        var drill = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, TestContext.Current.CancellationToken)).Value;
        var month = Platform.Shared.StationClock.Wall(TimeProvider.System.GetUtcNow()) is var wall ? new DateTime(wall.Year, wall.Month, 1) : default;
        var extract = (await Restorations.ExtractionIn(house.KeyCopies).ExtractAsync(backup.Path, "BACKUP0001", month, Path.Combine(house.Root, "frames.txt"), null, TestContext.Current.CancellationToken)).Value;
        var target = Path.Combine(house.Root, "restored");
        var report = (await house.RestoreAsync(backup, target)).Value;

        Assert.Equal("postgres", backup.Engine);
        Assert.True(drill.Ok, string.Join('\n', drill.Findings));
        Assert.Equal((100, 100), (drill.FramesChecked, extract.Frames));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(house.Data, "telemetry"))); // frames are in the server
        await house.StopAsync();
        var login = new Npgsql.NpgsqlConnectionStringBuilder(original);
        await using var server = await RestoredServer.StartAsync(report.ServerDirectory!, TestContext.Current.CancellationToken);
        await house.StartAsync(target, server.Connection(new(login.Username!, login.Database!)));
        Assert.True((await house.Get<ILedgerReader>().VerifyAsync(entry, TestContext.Current.CancellationToken)).Ok);
        Assert.True((await house.Get<IRestoredLedger>().SucceedAsync("moved", BackupHouse.Administrator, TestContext.Current.CancellationToken)).IsOk);
        await house.SealedAsync(await house.RecordAsync("after"));
        await house.StopAsync();
    }

    [Fact]
    public async Task A_server_that_cannot_be_backed_up_says_why()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        await using var house = await BackupHouse.StartAsync(await postgres.NewDatabaseAsync());
        await postgres.DisposeAsync();

        var failed = await house.Get<IBackups>().CreateAsync(house.Vault, BackupKind.Manual, BackupHouse.Administrator, TestContext.Current.CancellationToken);

        // The database is also where the failure would be written down: the caller hears of it all the same.
        Assert.Equal("backup.failed", failed.Refusal.Code);
        Assert.StartsWith("pg_basebackup", failed.Refusal.Args[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(house.Get<IBackups>().List(house.Vault));
        Assert.False(house.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested, "a service died of it");
    }
}
