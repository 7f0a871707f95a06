using System.Globalization;
using Microsoft.Data.Sqlite;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Due;
using Qingyuan.Platform.Backup.Taking;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>A backup takes no room that frames need: intake goes on, and what is missing is said.</summary>
public sealed class BackupRoomTests
{
    private const long Megabyte = 1L << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_database_is_not_copied_beside_itself_when_intake_would_lack_the_room()
    {
        using var house = new Narrow();
        var length = house.Database("frames-2026-10.db", 3 * Megabyte);
        house.Spare = length - 1;

        var refused = Assert.Throws<NoRoomException>(house.Take);

        Assert.Equal("backup.no-room", refused.Refusal.Code);
        Assert.Equal(["telemetry/frames-2026-10.db", house.Data.Root, ((length - 1) / Megabyte) + 1, (length - 1) / Megabyte], refused.Refusal.Args);
        Assert.False(Directory.Exists(Path.Combine(house.Data.Root, "backup-staging")));
        Assert.Empty(BackupList.Of(house.Vault));
        house.Spare = length + (8 * Megabyte);
        Assert.Equal(1, house.Take().Files);
    }

    [Fact]
    public void A_folder_on_the_disk_of_the_frames_is_not_filled_beyond_what_they_leave()
    {
        using var house = new Narrow();
        File.WriteAllBytes(Path.Combine(house.Data.Blobs, "photo"), System.Security.Cryptography.RandomNumberGenerator.GetBytes((int)Megabyte));
        house.Spare = Megabyte / 2;

        var refused = Assert.Throws<NoRoomException>(house.Take);

        Assert.Equal(house.Vault, refused.Refusal.Args[0]);
        Assert.False(Directory.Exists(Path.Combine(house.Vault, "blocks")));
        house.Spare = 2 * Megabyte;
        house.Take();
        house.Spare = 0;
        Assert.Equal(0, house.Take().Added); // what is there already takes no room
    }

    [Fact]
    public async Task What_is_missing_is_said_in_the_history_and_by_the_alarm()
    {
        await using var house = await BackupHouse.StartAsync();
        var why = new NoRoomException("telemetry/frames-2026-10.db", "/data", 40_000, 35_000).Message;
        await house.Get<BackupHistory>().FailedAsync(BackupKind.Automatic, house.Vault, why, BackupHouse.Administrator, Ct);

        await house.Get<BackupService>().TurnAsync(Ct);

        var alarm = Assert.Single((await house.Get<IAlarmDesk>().ListAsync(new(OpenOnly: true, Kind: AlarmKind.Platform), null, Ct)).Items, alarm => alarm.Cause == BackupService.BackupCause);
        foreach (var (language, begins) in new[] { ("zh-CN", "备份未完成，否则会使数据接收中断：telemetry/frames-2026-10.db 需要占用 /data 所在磁盘 40000 MB，目前可占用 35000 MB"), ("en", "No backup was taken, because it would have stopped intake: telemetry/frames-2026-10.db needs 40000 MB on the disk of /data, 35000 MB can be taken") })
            Assert.StartsWith(begins, AlarmTexts.Sentence(alarm.MessageCode, alarm.Args, CultureInfo.GetCultureInfo(language)), StringComparison.Ordinal);
        Assert.StartsWith("telemetry/frames-2026-10.db 的备份空间不足：需要占用 /data 所在磁盘 40000 MB", BackupTexts.Finding(why, CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        Assert.Contains("35000", Assert.Single(await house.Get<IBackups>().RunsAsync(10, Ct)).Why, StringComparison.Ordinal);
    }

    /// <summary>A data directory on a disk of which frames need nearly all.</summary>
    private sealed class Narrow : IStorageStatus, IMonthGuard, IColdTier, IDisposable
    {
        private readonly VaultKey _key = VaultKey.Generate();
        private readonly BackupTaker _taker;

        public Narrow()
        {
            var root = Directory.CreateTempSubdirectory("qingyuan-room-").FullName;
            (Data, Vault) = (new(Path.Combine(root, "data")), Path.Combine(root, "vault"));
            var options = Microsoft.Extensions.Options.Options.Create(new Qingyuan.Platform.Backup.BackupOptions { BytesPerSecond = 0 });
            _taker = new(Data, new(null, Data.Database), this, this, new(this, Data), options, TimeProvider.System);
        }

        public DataDirectory Data { get; }

        public string Vault { get; }

        public long Spare { get; set; }

        public string Folder => Path.Combine(Data.Telemetry, "cold");

        public BackupInfo Take() => _taker.Take(Vault, BackupKind.Automatic, _key, Ct);

        /// <summary>A database of about that many bytes.</summary>
        public long Database(string name, long bytes)
        {
            var path = Path.Combine(Data.Telemetry, name);
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            using var fill = connection.CreateCommand();
            fill.CommandText = "CREATE TABLE t (b BLOB); INSERT INTO t VALUES (randomblob($bytes))";
            fill.Parameters.AddWithValue("$bytes", bytes);
            fill.ExecuteNonQuery();
            return new FileInfo(path).Length;
        }

        long? IStorageStatus.Spare() => Spare;

        public Task<StorageStatus> NowAsync(CancellationToken ct) => throw new NotSupportedException();

        public IDisposable? TryEnter() => this;

        public IReadOnlyList<ColdPart> Parts() => [];

        public Task<ColdRun> RunAsync(CancellationToken ct) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
