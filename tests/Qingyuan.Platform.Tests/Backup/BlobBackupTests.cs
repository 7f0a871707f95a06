using System.Text;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>Uploaded files in backups: brought back, proved, and the place from which damage is mended.</summary>
public class BlobBackupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.3-6")]
    public async Task A_file_is_readable_after_a_restoration_and_a_drill_reads_it()
    {
        await using var house = await BackupHouse.StartAsync();
        var blob = await ReferredAsync(house, "photo");
        var backup = await house.TakeAsync();
        var drill = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, Ct)).Value;
        var restored = Path.Combine(house.Root, "restored");

        Assert.True((await house.RestoreAsync(backup, restored)).IsOk);
        await house.StartAsync(restored);

        Assert.True(drill.Ok, string.Join('\n', drill.Findings));
        Assert.Equal("photo"u8.ToArray(), await house.Get<IBlobStore>().ReadAsync(blob.Sha256, Ct));
        Assert.Equal((1, 0), await house.Get<IBlobScrub>().RunAsync(Ct) is var pass ? (pass.Blobs, pass.Damaged) : default);
    }

    [Fact]
    [Requirement("R-5.5.3-8")]
    public async Task A_drill_names_the_blob_that_a_backup_has_not_or_has_damaged()
    {
        await using var house = await BackupHouse.StartAsync();
        var (lost, flipped) = (await ReferredAsync(house, "lost"), await ReferredAsync(house, "flipped"));
        File.Delete(PathOf(house, lost));
        await File.WriteAllTextAsync(PathOf(house, flipped), "fl1pped", Ct);
        await house.TakeAsync();

        var drill = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, Ct)).Value;

        Assert.False(drill.Ok);
        Assert.Equal(new[] { $"blob {flipped.Sha256}: damaged (test, 7 bytes)", $"blob {lost.Sha256}: missing (test, 4 bytes)" }.Order(StringComparer.Ordinal), drill.Findings.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Requirement("R-5.5.3-2")]
    public async Task The_walk_mends_what_a_backup_has_and_alarms_for_what_it_has_not()
    {
        await using var house = await BackupHouse.StartAsync();
        var (flipped, lost) = (await ReferredAsync(house, "flipped"), await ReferredAsync(house, "lost"));
        await house.TakeAsync();
        await File.WriteAllTextAsync(PathOf(house, flipped), "fl1pped", Ct);
        await house.TakeAsync(); // the newest has the damage: the one before does not
        File.Delete(PathOf(house, lost));
        var later = await ReferredAsync(house, "later");
        await File.WriteAllTextAsync(PathOf(house, later), "1ater", Ct);

        var pass = await house.Get<IBlobScrub>().RunAsync(Ct);

        Assert.Equal((2, $"blob {later.Sha256}: damaged (test, 5 bytes)"), (pass.Repaired, Assert.Single(pass.Findings)));
        Assert.Equal("flipped"u8.ToArray(), await house.Get<IBlobStore>().ReadAsync(flipped.Sha256, Ct));
        Assert.Equal("lost"u8.ToArray(), await house.Get<IBlobStore>().ReadAsync(lost.Sha256, Ct));
        var alarm = Assert.Single(await OpenAsync(house));
        Assert.Contains(later.Sha256, alarm.Args["what"], StringComparison.Ordinal);
        await house.Get<IBlobStore>().KeepAsync("later"u8.ToArray(), Ct);
        await house.Get<IBlobScrub>().RunAsync(Ct);
        Assert.Empty(await OpenAsync(house));
    }

    private static async Task<IReadOnlyList<AlarmView>> OpenAsync(BackupHouse house) =>
        [.. (await house.Get<IAlarmDesk>().ListAsync(new(OpenOnly: true, Kind: AlarmKind.Platform), null, Ct)).Items.Where(alarm => alarm.Cause is "blob-damaged")];

    private static async Task<KeptBlob> ReferredAsync(BackupHouse house, string text)
    {
        var blob = await house.Get<IBlobStore>().KeepAsync(Encoding.UTF8.GetBytes(text), Ct);
        await house.Get<IDatabase>().WriteAsync(
            async (db, token) =>
            {
                await house.Get<BlobReferences>().AddAsync(db, blob, "text/plain", "test", token);
                return true;
            },
            Ct);
        return blob;
    }

    private static string PathOf(BackupHouse house, KeptBlob blob) => Path.Combine(house.Data, "blobs", blob.Sha256[..2], blob.Sha256[2..4], blob.Sha256);
}
