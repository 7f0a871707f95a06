using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Due;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>Weekly by itself, monthly by hand, and loud when it does not come off.</summary>
public class DueTests
{
    [Fact]
    [Requirement("R-5.5.3-7")]
    public void Dates_ask_for_what_they_should()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        var due = new DueTimes(Microsoft.Extensions.Options.Options.Create(new Qingyuan.Platform.Backup.BackupOptions()), clock);
        var start = due.Now;
        var none = new BackupDates(null, null, null, null, null);

        Assert.Equal(start.AddHours(1), due.NextAutomatic(none));
        Assert.Null(due.NextDrill(none));
        Assert.Equal(start.AddDays(7), due.NextAutomatic(none with { First = start, Last = start }));
        Assert.Equal(start, due.NextDrill(none with { First = start, Last = start }));
        Assert.Equal(start.AddDays(31), due.NextDrill(none with { First = start, Last = start, LastDrill = start }));
        Assert.Equal(start.AddDays(8).AddHours(1), due.NextAutomatic(none with { First = start, Last = start, LastFailed = start.AddDays(8) }));
        clock.Advance(TimeSpan.FromDays(32));
        Assert.True(due.IsManualOverdue(none with { First = start, Last = start }));
        Assert.False(due.IsManualOverdue(none with { First = start, Last = start, LastManual = start.AddDays(2) }));
        Assert.False(due.IsManualOverdue(none));
        Assert.True(due.IsOverdue(none with { First = start, Last = start }));
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_alarms_until_one_can()
    {
        await using var house = await BackupHouse.StartAsync();
        await File.WriteAllTextAsync(house.Vault, "a file where the folder should be", TestContext.Current.CancellationToken);

        var failed = await house.Get<IBackups>().CreateAsync(null, BackupKind.Automatic, BackupHouse.Administrator, TestContext.Current.CancellationToken);
        await house.Get<BackupService>().TurnAsync(TestContext.Current.CancellationToken);

        Assert.Equal("backup.failed", failed.Refusal.Code);
        Assert.NotNull(Assert.Single(await house.Get<IBackups>().RunsAsync(10, TestContext.Current.CancellationToken)).Why);
        Assert.Single(await OpenAsync(house), alarm => alarm.Cause == BackupService.BackupCause);

        File.Delete(house.Vault);
        await house.TakeAsync();
        await house.Get<BackupService>().TurnAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(await OpenAsync(house), alarm => alarm.Cause == BackupService.BackupCause);
        Assert.Single(await house.Get<IBackups>().DrillsAsync(10, TestContext.Current.CancellationToken)); // the first drill follows the first backup
    }

    [Fact]
    public async Task What_is_taken_and_tried_elsewhere_is_written_down_and_puts_nothing_off()
    {
        await using var house = await BackupHouse.StartAsync();
        var (backups, elsewhere) = (house.Get<IBackups>(), Path.Combine(house.Root, "stick"));
        var before = await backups.PlaceAsync(TestContext.Current.CancellationToken);

        Assert.True((await backups.CreateAsync(elsewhere, BackupKind.Manual, BackupHouse.Administrator, TestContext.Current.CancellationToken)).IsOk);
        Assert.True((await backups.DrillAsync(elsewhere, BackupHouse.Administrator, TestContext.Current.CancellationToken)).IsOk);

        var after = await backups.PlaceAsync(TestContext.Current.CancellationToken);
        Assert.Equal((before.NextAutomatic, null), (after.NextAutomatic, after.NextDrill));
        Assert.False(after.Holds(Assert.Single(await backups.RunsAsync(10, TestContext.Current.CancellationToken)).Path));
        Assert.Single(await backups.DrillsAsync(10, TestContext.Current.CancellationToken));
        await house.TakeAsync();
        Assert.True((await backups.PlaceAsync(TestContext.Current.CancellationToken)).NextAutomatic > before.NextAutomatic);
    }

    private static async Task<IReadOnlyList<AlarmView>> OpenAsync(BackupHouse house) =>
        (await house.Get<IAlarmDesk>().ListAsync(new(OpenOnly: true, Kind: AlarmKind.Platform), null, TestContext.Current.CancellationToken)).Items;
}
