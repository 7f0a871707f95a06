using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Backup;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Restoring;
using Qingyuan.Platform.Backup.Taking;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>Closed months are read once in a while, and in every backup all the same.</summary>
public sealed class KnownFilesTests : IDisposable
{
    private const string Month = "telemetry/frames-2026-01.db";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly string _root = Directory.CreateTempSubdirectory("qingyuan-known-").FullName;
    private readonly DataDirectory _data;
    private readonly VaultKey _key = VaultKey.Generate();
    private readonly FakeTimeProvider _clock = new(NextWeek); // what this test writes is old by then
    private readonly BackupTaker _taker;

    public KnownFilesTests()
    {
        _data = new(Path.Combine(_root, "data"));
        var cold = Directory.CreateDirectory(Path.Combine(_data.Telemetry, "cold")).FullName;
        _taker = new(_data, new PersistenceOptions(null, _data.Database), new ColdIn(cold), new NobodyElse(), new(new NobodyElse(), _data), Microsoft.Extensions.Options.Options.Create(new BackupOptions { BytesPerSecond = 0 }), _clock);
        Fill(1);
        File.WriteAllText(Path.Combine(cold, "values-2024-01.parquet"), "cold");
    }

    /// <summary>The second day of a week as the platform counts them.</summary>
    private static DateTimeOffset NextWeek => new((((TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerDay / 7) + 1) * 7 * TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay, TimeSpan.Zero);

    private string Vault => Path.Combine(_root, "vault");

    private string PathOf(string name = Month) => Path.Combine(_data.Root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(Month)]
    [InlineData("telemetry/cold/values-2024-01.parquet")]
    public void What_was_not_written_since_is_not_read_again_and_comes_back_as_it_was(string name)
    {
        var first = Take();
        var (before, time) = (File.ReadAllBytes(PathOf(name)), File.GetLastWriteTimeUtc(PathOf(name)));
        File.WriteAllBytes(PathOf(name), new byte[before.Length]); // a disk that forgets: whoever reads it finds no database
        File.SetLastWriteTimeUtc(PathOf(name), time);
        _clock.Advance(TimeSpan.FromDays(1));

        var second = Take();

        Assert.Equal(Of(first, name) with { Blocks = [], Rows = null }, Of(second, name) with { Blocks = [], Rows = null });
        Assert.Equal(Of(first, name).Blocks, Of(second, name).Blocks);
        Assert.Equal(Of(first, name).Rows, Of(second, name).Rows);
        Assert.Equal(first.Head.TakenAt, Of(second, name).ReadAt);
        var target = Path.Combine(_root, "restored");
        FileRestorer.Write(Vault, _key, second, target, Pace.Full, Ct);
        Assert.Empty(FileRestorer.CompareRows(second, target));
        if (name is not Month) Assert.Equal(before, File.ReadAllBytes(Path.Combine(target, name))); // the engine's own copy has another header
    }

    [Theory]
    [InlineData("time")]
    [InlineData("length")]
    [InlineData("journal")]
    [InlineData("block")]
    [InlineData("person")]
    [InlineData("thorough")]
    [InlineData("four weeks")]
    [InlineData("other key")]
    [InlineData("list")]
    public void It_is_read_again_when_anything_may_have_been_written_or_lost_and_when_it_is_due(string why)
    {
        var first = Take();
        _clock.Advance(TimeSpan.FromDays(why is "four weeks" ? 28 : 1));
        using var journal = why is "journal" ? Open(PathOf(), "INSERT INTO t VALUES (zeroblob(10))") : null; // committed, and in the journal alone
        if (why is "journal") File.SetLastWriteTimeUtc(PathOf(), new(Of(first).Mark!.Written));
        if (why is "time") File.SetLastWriteTimeUtc(PathOf(), File.GetLastWriteTimeUtc(PathOf()).AddSeconds(1));
        if (why is "length") Longer();
        if (why is "block") File.Delete(BlockOf(first));
        if (why is "list") File.WriteAllBytes(Path.Combine(Vault, Manifest.NameOf(first.Head)), File.ReadAllBytes(Path.Combine(Vault, Manifest.NameOf(first.Head)))[..^10]);

        var second = why switch
        {
            "person" => Take(BackupKind.Manual),
            "thorough" => Take(isThorough: true),
            "other key" => Take(key: VaultKey.Generate()),
            _ => Take(),
        };

        Assert.Equal(second.Head.TakenAt, Of(second).ReadAt);
        Assert.True(File.Exists(BlockOf(second)));
        if (why is "journal" or "length") Assert.NotEqual(Of(first).Sha256, Of(second).Sha256);
    }

    [Fact]
    public void A_file_that_was_written_within_the_hour_is_read_the_next_time_too()
    {
        File.SetLastWriteTimeUtc(PathOf(), _clock.GetUtcNow().UtcDateTime.AddMinutes(-59));
        Assert.Null(Of(Take()).Mark);
        _clock.Advance(TimeSpan.FromHours(1));

        var second = Take();

        Assert.Equal(second.Head.TakenAt, Of(second).ReadAt);
        Assert.NotNull(Of(second).Mark);
    }

    [Fact]
    public void Every_week_another_quarter_is_read_and_nothing_longer_than_four_weeks_unread()
    {
        for (var month = 2; month <= 8; month++) Fill(month);
        Take();
        for (var week = 1; week <= 12; week++)
        {
            _clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
            var backup = Take();
            var months = backup.Files.Where(file => file.Path.StartsWith("telemetry/frames-", StringComparison.Ordinal)).ToList();
            Assert.Equal(8, months.Count);
            Assert.All(months, file => Assert.True(backup.Head.TakenAt - file.ReadAt < KnownFiles.ReadEvery));
            Assert.Equal(2, months.Count(file => file.ReadAt == backup.Head.TakenAt));
        }
    }

    private Manifest Take(BackupKind kind = BackupKind.Automatic, bool isThorough = false, VaultKey? key = null) =>
        Manifest.Read(_taker.Take(Vault, kind, key ?? _key, Ct, isThorough).Path, key ?? _key);

    private static BackedUpFile Of(Manifest backup, string name = Month) => backup.Files.Single(file => file.Path == name);

    private string BlockOf(Manifest backup) => Of(backup).Blocks[0].Name is var block ? Path.Combine(Vault, "blocks", block[..2], block) : "";

    private void Fill(int month) => Open(PathOf($"telemetry/frames-2026-{month:00}.db"), $"PRAGMA journal_mode = WAL; CREATE TABLE t (content BLOB NOT NULL); INSERT INTO t VALUES (randomblob({month * 1000}))").Dispose();

    /// <summary>One page more, at the time it had.</summary>
    private void Longer()
    {
        var time = File.GetLastWriteTimeUtc(PathOf());
        Open(PathOf(), "INSERT INTO t VALUES (randomblob(10000))").Dispose();
        File.SetLastWriteTimeUtc(PathOf(), time);
    }

    private static SqliteConnection Open(string path, string sql)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements of this test
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return connection;
    }

    private sealed class NobodyElse : IMonthGuard, IStorageStatus, IDisposable
    {
        public Task<StorageStatus> NowAsync(CancellationToken ct) => throw new NotSupportedException();

        public long? Spare() => null;

        public IDisposable? TryEnter() => this;

        public void Dispose()
        {
        }
    }

    private sealed class ColdIn(string folder) : IColdTier
    {
        public string Folder => folder;

        public IReadOnlyList<ColdPart> Parts() => [];

        public Task<ColdRun> RunAsync(CancellationToken ct) => Task.FromResult(new ColdRun([], [], []));
    }
}
