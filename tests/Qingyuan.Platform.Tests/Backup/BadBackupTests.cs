using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Taking;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>Damaged, cut off, without its key, into the wrong place: each is said with the file that is to blame, and nothing half stays.</summary>
public class BadBackupTests
{
    [Fact]
    public async Task A_flipped_byte_is_found_before_anything_could_be_started()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.StoreAsync(0, 100);
        var backup = await house.TakeAsync();
        var block = Largest(house.Vault);
        Flip(block);
        var target = Path.Combine(house.Root, "restored");

        var refusal = (await house.RestoreAsync(backup, target)).Refusal;

        Assert.Equal("backup.unreadable", refusal.Code);
        Assert.Contains(Path.GetFileName(block), refusal.Args[0].ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(target));
    }

    [Fact]
    public async Task The_next_backup_puts_a_damaged_block_right_and_keeps_what_it_found()
    {
        await using var house = await BackupHouse.StartAsync();
        await house.FileAsync("photo", 5 << 20);
        await house.TakeAsync();
        var block = Largest(house.Vault);
        Flip(block);

        var again = await house.TakeAsync();

        Assert.True((await house.RestoreAsync(again, Path.Combine(house.Root, "restored"))).IsOk);
        Assert.True(File.Exists(Path.Combine(house.Vault, "damaged", Path.GetFileName(block))));
    }

    [Fact]
    public async Task Without_the_key_a_backup_is_not_read_and_with_another_neither()
    {
        await using var house = await BackupHouse.StartAsync();
        var backup = await house.TakeAsync();
        var other = Path.Combine(house.Root, "other.key");
        await File.WriteAllTextAsync(other, VaultKey.Generate().ToString(), TestContext.Current.CancellationToken);
        var target = Path.Combine(house.Root, "restored");

        var wrong = await house.RestoreAsync(backup, target, other);
        foreach (var copy in Directory.EnumerateFiles(house.KeyCopies)) File.Move(copy, Path.Combine(house.Root, "kept.key"));
        var missing = await house.RestoreAsync(backup, target);
        var named = await house.RestoreAsync(backup, target, Path.Combine(house.Root, "kept.key"));

        Assert.Equal(("backup.unreadable", "backup.unreadable"), (wrong.Refusal.Code, missing.Refusal.Code));
        Assert.Contains(backup.KeyId, missing.Refusal.Args[0].ToString(), StringComparison.Ordinal);
        Assert.True(named.IsOk);
    }

    [Fact]
    public async Task A_directory_with_anything_in_it_is_left_alone()
    {
        await using var house = await BackupHouse.StartAsync();
        var backup = await house.TakeAsync();
        var target = Directory.CreateDirectory(Path.Combine(house.Root, "full")).FullName;
        await File.WriteAllTextAsync(Path.Combine(target, "note"), "mine", TestContext.Current.CancellationToken);

        Assert.Equal("backup.not-empty", (await house.RestoreAsync(backup, target)).Refusal.Code);
        Assert.Equal(["note"], Directory.EnumerateFileSystemEntries(target).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_partial_folder_is_cleared_away_only_when_a_restoration_made_it()
    {
        await using var house = await BackupHouse.StartAsync();
        var backup = await house.TakeAsync();
        var target = Path.Combine(house.Root, "restored");
        var partial = Directory.CreateDirectory(target + ".partial").FullName;
        await File.WriteAllTextAsync(Path.Combine(partial, "note"), "mine", TestContext.Current.CancellationToken);

        var refusal = (await house.RestoreAsync(backup, target)).Refusal;

        Assert.Equal("backup.partial-in-the-way", refusal.Code);
        Assert.Equal(partial, refusal.Args[0].ToString());
        Assert.Equal(["note"], Directory.EnumerateFileSystemEntries(partial).Select(Path.GetFileName));
        await File.WriteAllTextAsync(Path.Combine(partial, "restoring.lock"), "", TestContext.Current.CancellationToken); // as a kill leaves it
        Assert.True((await house.RestoreAsync(backup, target)).IsOk);
        Assert.False(Directory.Exists(partial));
        Assert.Empty(Directory.EnumerateFiles(target, "restoring.lock"));
        Assert.False(File.Exists(Path.Combine(target, "note")));
    }

    [Fact]
    public async Task A_folder_whose_disk_is_not_there_is_not_made_on_another_one()
    {
        await using var house = await BackupHouse.StartAsync();
        var unmounted = Path.Combine(house.Root, "second-disk");

        var refusal = (await house.Get<IBackups>().CreateAsync(Path.Combine(unmounted, "backups"), BackupKind.Manual, BackupHouse.Administrator, TestContext.Current.CancellationToken)).Refusal;

        Assert.Equal("backup.failed", refusal.Code);
        Assert.Contains(unmounted, refusal.Args[0].ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(unmounted));
    }

    [Fact]
    public async Task What_is_no_backup_is_called_so()
    {
        await using var house = await BackupHouse.StartAsync();
        var backup = await house.TakeAsync();
        var torn = Path.Combine(house.Vault, "torn.qybackup");
        await File.WriteAllBytesAsync(torn, (await File.ReadAllBytesAsync(backup.Path, TestContext.Current.CancellationToken))[..^20], TestContext.Current.CancellationToken);
        var target = Path.Combine(house.Root, "restored");

        Assert.Contains("damaged", (await house.RestoreAsync(backup with { Path = torn }, target)).Refusal.Args[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("backup.unreadable", (await house.RestoreAsync(backup with { Path = Path.Combine(house.Data, "platform.db") }, target)).Refusal.Code);
        Assert.Equal("backup.unreadable", (await house.RestoreAsync(backup with { Path = Path.Combine(house.Vault, "nothing.qybackup") }, target)).Refusal.Code);
        Assert.False(Directory.Exists(target));
    }

    [Fact]
    public void A_backup_that_is_cut_off_is_none_and_the_next_one_is_whole()
    {
        var root = Directory.CreateTempSubdirectory("qingyuan-cut-").FullName;
        var (data, vault, key) = (new DataDirectory(Path.Combine(root, "data")), Path.Combine(root, "vault"), VaultKey.Generate());
        File.WriteAllBytes(Path.Combine(data.Blobs, "photo"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(40 << 20));
        var room = new Roomy();
        var taker = new BackupTaker(data, new PersistenceOptions(null, data.Database), new NothingCold(), new NobodyElse(), new(room, data), Microsoft.Extensions.Options.Options.Create(new Qingyuan.Platform.Backup.BackupOptions { BytesPerSecond = 0 }), TimeProvider.System);
        using var cut = new CancellationTokenSource();
        var asked = 0;
        room.Asked = () =>
        {
            if (++asked is 2) cut.Cancel(); // before the second block
        };

        Assert.ThrowsAny<OperationCanceledException>(() => taker.Take(vault, BackupKind.Automatic, key, cut.Token));
        Assert.Empty(BackupList.Of(vault));
        var whole = taker.Take(vault, BackupKind.Automatic, key, TestContext.Current.CancellationToken);

        Assert.Equal(whole.Id, Assert.Single(BackupList.Of(vault)).Id);
        Assert.True(whole.Added < 40 << 20); // what the first try had written was used
    }

    private static string Largest(string vault) => Directory.EnumerateFiles(Path.Combine(vault, "blocks"), "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>A store on another machine.</summary>
    private sealed class Roomy : Qingyuan.Platform.Telemetry.Contracts.IStorageStatus
    {
        public Task<Qingyuan.Platform.Telemetry.Contracts.StorageStatus> NowAsync(CancellationToken ct) => throw new NotSupportedException();

        public Action Asked { get; set; } = () => { };

        public long? Spare()
        {
            Asked();
            return null;
        }
    }

    private sealed class NobodyElse : Qingyuan.Platform.Telemetry.Contracts.IMonthGuard, IDisposable
    {
        public IDisposable? TryEnter() => this;

        public void Dispose()
        {
        }
    }

    private sealed class NothingCold : Qingyuan.Platform.Telemetry.Contracts.IColdTier
    {
        public string Folder => Path.Combine(Path.GetTempPath(), "qingyuan-no-such-folder");

        public IReadOnlyList<Qingyuan.Platform.Telemetry.Contracts.ColdPart> Parts() => [];

        public Task<Qingyuan.Platform.Telemetry.Contracts.ColdRun> RunAsync(CancellationToken ct) => Task.FromResult(new Qingyuan.Platform.Telemetry.Contracts.ColdRun([], [], []));
    }
}
