using System.IO.Pipelines;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Copies;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>Files of the serving node that a waiting one keeps as well: two folders, the real protocol, no network.</summary>
public sealed class CopyTests
{
    private readonly DataDirectory _serving = new(Directory.CreateTempSubdirectory("qingyuan-copy-").FullName);
    private readonly DataDirectory _waiting = new(Directory.CreateTempSubdirectory("qingyuan-copy-").FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_new_comes_once_and_what_grew_comes_from_where_it_ended()
    {
        Put(_serving, "blobs/ab/abcdef", "photo");
        Put(_serving, "ledger/segments/00000000000000000000.seg", "one");
        Put(_serving, "ledger/std/checkpoint", "1");
        Put(_serving, "cold/2024-01/a.parquet", "values");
        Put(_serving, "keys/evidence-log-sm2.key", "secret");
        Put(_serving, "ledger/state.json", "signing state");
        Assert.Equal(4, (await PullAsync()).Files);
        Assert.Equal("values", Read(_waiting, "cold/2024-01/a.parquet"));
        Assert.False(File.Exists(Path.Combine(_waiting.Root, "ledger/state.json")));
        Assert.False(File.Exists(Path.Combine(_waiting.Root, "keys/evidence-log-sm2.key")));
        Assert.Equal(new CopyRound(0, 0, false), await PullAsync());

        Put(_serving, "ledger/segments/00000000000000000000.seg", "one, two");
        Put(_serving, "ledger/std/checkpoint", "2");
        Assert.Equal(new CopyRound(2, 6, false), await PullAsync());

        Assert.Equal("one, two", Read(_waiting, "ledger/segments/00000000000000000000.seg"));
        Assert.Equal("2", Read(_waiting, "ledger/std/checkpoint"));
    }

    [Fact]
    public async Task Of_a_deleted_month_nothing_stays_and_what_is_only_missing_over_there_does()
    {
        foreach (var name in new[] { "manifest-2020-03-1.json", "values-2020-03.parquet", "manifest-2020-04-1.json", "values-2020-04.parquet" }) Put(_waiting, "cold/" + name, "copied earlier");
        Put(_serving, "cold/values-2020-03-2.parquet", "came after the deletion");

        await PullAsync(); // 2020-03 is deleted

        Assert.Equal(["manifest-2020-04-1.json", "values-2020-03-2.parquet", "values-2020-04.parquet"], Directory.GetFiles(Path.Combine(_waiting.Root, "cold")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Entries_that_are_not_the_beginning_of_those_served_now_are_kept_aside()
    {
        Put(_serving, "ledger/state.json", "signing state");
        Put(_serving, "ledger/segments/00000000000000000000.seg", "one, 2b");
        Put(_waiting, "ledger/segments/00000000000000000000.seg", "one, 2");
        Put(_waiting, "blobs/ab/mine", "stays");

        await PullAsync();
        Assert.Equal("one, 2b", Read(_waiting, "ledger/segments/00000000000000000000.seg"));
        Assert.Empty(Directory.GetDirectories(_waiting.Root, "ledger-*")); // grew from what it was

        Put(_serving, "ledger/segments/00000000000000000000.seg", "one, II and more");
        await PullAsync();

        Assert.Equal("one, II and more", Read(_waiting, "ledger/segments/00000000000000000000.seg"));
        var aside = Assert.Single(Directory.GetDirectories(_waiting.Root, "ledger-*"));
        Assert.Equal("one, 2b", await File.ReadAllTextAsync(Path.Combine(aside, "segments/00000000000000000000.seg"), Ct));
        Assert.Equal("stays", Read(_waiting, "blobs/ab/mine"));
    }

    [Fact]
    public async Task A_living_log_is_never_put_under_a_copy_of_itself_and_gives_way_to_its_successor()
    {
        Put(_waiting, "ledger/state.json", "signing state");
        Put(_waiting, "ledger/segments/00000000000000000000.seg", "one, two");
        Put(_serving, "ledger/segments/00000000000000000000.seg", "one"); // held: a copy
        Put(_serving, "blobs/ab/new", "photo");

        Assert.Equal(new CopyRound(1, 5, true), await PullAsync());
        Assert.Equal("one, two", Read(_waiting, "ledger/segments/00000000000000000000.seg"));

        Put(_serving, "ledger/state.json", "signing state of the successor");
        Put(_serving, "ledger/segments/00000000000000000000.seg", "one, zwei");
        await PullAsync();

        Assert.Equal("one, zwei", Read(_waiting, "ledger/segments/00000000000000000000.seg"));
        var aside = Assert.Single(Directory.GetDirectories(_waiting.Root, "ledger-*"));
        Assert.True(File.Exists(Path.Combine(aside, "state.json")));
    }

    [Theory]
    [InlineData("get\tblobs/../keys/wrapping.key\t0")]
    [InlineData("get\tledger/state.json\t0")]
    [InlineData("get\tkeys/wrapping.key\t0")]
    [InlineData("put\tblobs/x\t0")]
    public async Task Only_what_was_listed_is_given(string asked)
    {
        Put(_serving, "keys/wrapping.key", "secret");
        Put(_serving, "ledger/state.json", "signing state");
        var (there, back) = (new Pipe(), new Pipe());
        var serving = Copies(_serving).ServeAsync("w", there.Reader.AsStream(), back.Writer.AsStream(), Ct);
        await there.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes("list\n" + asked + "\n"), Ct);
        Assert.Contains(asked, (await Assert.ThrowsAsync<IOException>(() => serving)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blobs/../../x")]
    [InlineData("elsewhere/x")]
    [InlineData("blobs")]
    public void A_name_leads_nowhere_else(string name) => Assert.Throws<IOException>(() => new CopyFolders(_waiting, Path.Combine(_waiting.Root, "cold")).PathOf(name));

    [Fact]
    public async Task A_copy_that_was_cut_off_goes_on_and_shows_no_checkpoint_before_its_entries()
    {
        Put(_serving, "ledger/std/checkpoint", "2");
        Put(_serving, "ledger/segments/00000000000000000000.seg", new string('e', 300_000));
        for (var allowed = 100; ; allowed += 60_000)
        {
            try
            {
                await PullAsync(allowed);
                break;
            }
            catch (IOException)
            {
                Assert.False(File.Exists(Path.Combine(_waiting.Root, "ledger/std/checkpoint")));
            }
        }

        Assert.Equal(300_000, Read(_waiting, "ledger/segments/00000000000000000000.seg").Length);
        Assert.Equal("2", Read(_waiting, "ledger/std/checkpoint"));
    }

    private async Task<CopyRound> PullAsync(long allowed = long.MaxValue)
    {
        var (there, back) = (new Pipe(), new Pipe());
        var serving = Copies(_serving).ServeAsync("w", there.Reader.AsStream(), back.Writer.AsStream(), Ct);
        try
        {
            return await Copies(_waiting).PullAsync(new BothWays(back.Reader.AsStream(), there.Writer.AsStream(), allowed), Ct);
        }
        finally
        {
            await there.Writer.CompleteAsync();
            await back.Reader.CompleteAsync(); // hangs up
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static NodeCopies Copies(DataDirectory data) => new(data, Path.Combine(data.Root, "cold"), new PhysicalDisk(data.Ledger), new Deleted(), TimeProvider.System);

    private static void Put(DataDirectory data, string name, string text)
    {
        var path = Path.Combine(data.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Read(DataDirectory data, string name) => File.ReadAllText(Path.Combine(data.Root, name));

    private sealed class Deleted : IDeletedMonths
    {
        public Task<IReadOnlyList<MonthContent>> FramesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<MonthContent>>([]);

        public Task<IReadOnlyDictionary<int, long>> ValuesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<int, long>>(new Dictionary<int, long> { [(2020 * 12) + 2] = 7 });
    }

    /// <summary>One stream of two, which breaks after so many bytes were read.</summary>
    private sealed class BothWays(Stream input, Stream output, long allowed) : Stream
    {
        private long _left = allowed;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left <= 0) throw new IOException("cut");
            var read = await input.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => output.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => output.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
