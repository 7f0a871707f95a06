using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>Taken beside a running platform, brought back elsewhere, started.</summary>
public class RoundTripTests
{
    [Fact]
    [Requirement("R-5.5.3-6")]
    public async Task What_was_acknowledged_before_a_backup_is_there_after_a_restoration()
    {
        await using var house = await BackupHouse.StartAsync();
        var frames = await house.StoreAsync(0, 3000);
        var entry = await house.RecordAsync("before the backup");
        await house.SealedAsync(entry);
        var backup = await house.TakeAsync();
        await house.StoreAsync(3000, 10); // lost with the disk
        var restored = Path.Combine(house.Root, "restored");

        var report = (await house.RestoreAsync(backup, restored)).Value;
        await house.StartAsync(restored);

        Assert.True(report.IsLedgerHeld);
        for (var number = 0; number < frames.Count; number++) Assert.Equal($"##frame {number}", await house.TextAsync(frames[number]));
        var page = await house.Get<IFrameReader>().ListAsync(new("BACKUP0001", null, null, Limit: 10_000), TestContext.Current.CancellationToken);
        Assert.Equal(3000, page.Items.Count);
        Assert.True((await house.Get<ILedgerReader>().VerifyAsync(entry, TestContext.Current.CancellationToken)).Ok);
        var told = await house.Get<ILedgerReader>().ListAsync(new(KindPrefix: "backup.restored"), TestContext.Current.CancellationToken);
        Assert.Equal(BackupHouse.Administrator.Id, Assert.Single(told.Items).Actor.Id);
    }

    [Fact]
    public async Task No_frame_id_is_given_twice_though_the_backup_knew_less()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 5);
        var backup = await house.TakeAsync();
        await house.StartAsync(house.Data);
        var lost = await house.StoreAsync(5, 5);
        var restored = Path.Combine(house.Root, "restored");
        await house.RestoreAsync(backup, restored);
        await house.StartAsync(restored);

        var after = await house.StoreAsync(10, 5);

        Assert.True(after[0].Batch > lost[^1].Batch);
        foreach (var id in lost) Assert.Null(await house.TextAsync(id));
    }

    [Fact]
    public async Task The_restored_evidence_log_signs_nothing_until_a_person_lets_a_successor_begin()
    {
        await using var house = await BackupHouse.StartAsync();
        var before = await house.RecordAsync("before");
        await house.SealedAsync(before);
        var backup = await house.TakeAsync();
        var restored = Path.Combine(house.Root, "restored");
        await house.RestoreAsync(backup, restored);
        await house.StartAsync(restored);
        var held = await house.RecordAsync("while held");
        await Ingest.Eventually.That(() => Task.FromResult(house.Get<IEvidenceHealth>().Now.Trouble?.Contains("StateLost", StringComparison.Ordinal) is true));
        var ledger = house.Get<IRestoredLedger>();
        Assert.Equal("ledger.reason-missing", (await ledger.SucceedAsync(" ", BackupHouse.Administrator, default)).Refusal.Code);

        var succession = (await ledger.SucceedAsync("disk lost", BackupHouse.Administrator, TestContext.Current.CancellationToken)).Value;

        await house.SealedAsync(held);
        Assert.NotEqual(succession.Predecessor, succession.Origin);
        var audit = await house.Get<ILedgerAudit>().RunAsync(TestContext.Current.CancellationToken);
        Assert.True(audit.Ok, string.Join('\n', audit.Findings));
        Assert.Equal(succession.Origin, audit.Origin);
        var told = await house.Get<ILedgerReader>().ListAsync(new(KindPrefix: "ledger.succession"), TestContext.Current.CancellationToken);
        Assert.Equal("disk lost", (string?)Assert.Single(told.Items).Body["reason"]);
        Assert.Equal("ledger.not-restored", (await ledger.SucceedAsync("again", BackupHouse.Administrator, default)).Refusal.Code);
        await house.StartAsync(restored); // and it stays so
        await house.SealedAsync(await house.RecordAsync("after"));
    }

    [Fact]
    public async Task What_people_put_into_the_directory_comes_back_and_what_a_kill_left_in_it_does_no_harm()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 100);
        await house.FileAsync("photo", 1000);
        var adapter = Directory.CreateDirectory(Path.Combine(house.Data, "adapters")).FullName;
        await File.WriteAllTextAsync(Path.Combine(adapter, "maker.json"), "{}", TestContext.Current.CancellationToken);
        var staging = Directory.CreateDirectory(Path.Combine(house.Data, "backup-staging")).FullName;
        foreach (var left in (string[])["platform.db", "platform.db-journal"]) await File.WriteAllBytesAsync(Path.Combine(staging, left), new byte[5000], TestContext.Current.CancellationToken);
        var restored = Path.Combine(house.Root, "restored");

        Assert.True((await house.RestoreAsync(await house.TakeAsync(), restored)).IsOk);

        Assert.True(File.Exists(Path.Combine(restored, "adapters", "maker.json")));
        Assert.True(File.Exists(Path.Combine(restored, "blobs", "photo")));
        Assert.False(Directory.Exists(staging));
    }

    [Fact]
    public async Task A_second_backup_adds_only_what_changed()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.FileAsync("photo", 20 << 20);
        var first = await house.TakeAsync();

        var second = await house.TakeAsync();

        Assert.True(first.Added > 20 << 20);
        Assert.True(second.Added < 1 << 20, $"{second.Added}");
        Assert.Equal([second.Id, first.Id], house.Get<IBackups>().List(house.Vault).Select(backup => backup.Id));
    }

    [Fact]
    public async Task Nothing_readable_leaves_the_house_and_the_evidence_keys_stay_in_it()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 50);
        await house.SealedAsync(await house.RecordAsync("a very readable note"));
        var backup = await house.TakeAsync();
        var restored = Path.Combine(house.Root, "restored");
        await house.RestoreAsync(backup, restored);

        foreach (var file in Directory.EnumerateFiles(house.Vault, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("readable note", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Equal(["wrapping.key"], Directory.EnumerateFiles(Path.Combine(restored, "keys")).Select(Path.GetFileName));
        Assert.False(File.Exists(Path.Combine(restored, "ledger", "state.json")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(restored, "keys", "wrapping.key")));
    }
}
