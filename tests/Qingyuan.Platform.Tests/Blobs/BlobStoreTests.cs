using System.Security.Cryptography;
using System.Text;
using Qingyuan.Platform.Shared.Blobs;

namespace Qingyuan.Platform.Tests.Blobs;

/// <summary>Files by the hash of what is in them.</summary>
public class BlobStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_content_twice_is_one_file_under_its_hash()
    {
        await using var bench = await BlobBench.OpenAsync();

        var (one, two) = (await bench.KeepAsync("photo"), await bench.KeepAsync("photo"));

        Assert.Equal(one, two);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData("photo"u8)), 5), (one.Sha256, one.Length));
        Assert.Equal([$"{one.Sha256[..2]}/{one.Sha256[2..4]}/{one.Sha256}"], bench.Files());
        Assert.Equal("photo", await bench.ReadAsync(one));
        Assert.Equal(5, await bench.Store.LengthAsync(one.Sha256, Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Content_of_any_length_comes_back_as_it_was_and_nothing_beyond_the_limit_is_kept(int length)
    {
        await using var bench = await BlobBench.OpenAsync();
        var content = RandomNumberGenerator.GetBytes(length);

        Assert.Null(await bench.Store.KeepAsync(new MemoryStream([.. content, 0]), length, Ct));
        Assert.Empty(bench.Files());
        var kept = await bench.Store.KeepAsync(new MemoryStream(content), length, Ct);

        Assert.Equal(content, await bench.Store.ReadAsync(kept!.Sha256, Ct));
    }

    [Fact]
    public async Task A_flipped_byte_is_said_by_name_before_any_byte_is_given_out_and_the_same_content_heals_it()
    {
        await using var bench = await BlobBench.OpenAsync();
        var blob = await bench.KeepAsync(new string('x', 200_000) + "y");
        await bench.FlipAsync(blob);

        var error = await Assert.ThrowsAsync<BlobException>(() => bench.Store.OpenAsync(blob.Sha256, Ct));

        Assert.Equal((BlobFault.Damaged, blob.Sha256), (error.Fault, error.Sha256));
        Assert.Contains(blob.Sha256, error.Message, StringComparison.Ordinal);
        await bench.KeepAsync(new string('x', 200_000) + "y");
        Assert.EndsWith("xy", await bench.ReadAsync(blob), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_here_is_null_and_an_error_by_name_for_who_needs_it()
    {
        await using var bench = await BlobBench.OpenAsync();
        var name = new string('a', 64);

        Assert.Null(await bench.Store.OpenAsync(name, Ct));
        Assert.Null(await bench.Store.LengthAsync(name, Ct));
        Assert.Contains(name, (await Assert.ThrowsAsync<BlobException>(() => bench.Store.ReadAsync(name, Ct))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../platform.db")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n")]
    public async Task A_name_is_a_hash_and_leads_nowhere_else(string name)
    {
        await using var bench = await BlobBench.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => bench.Store.OpenAsync(name, Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    public async Task A_full_disk_is_said_and_leaves_nothing_half(long room)
    {
        await using var bench = await BlobBench.OpenAsync();
        var before = await bench.KeepAsync("before");
        bench.Disk.Room = room;

        var error = await Assert.ThrowsAsync<BlobException>(() => bench.KeepAsync(new string('x', 300_000)));

        Assert.Equal(BlobFault.NotKept, error.Fault);
        Assert.Equal(("blob.not-kept", "No space left on device"), (error.Refusal.Code, error.Refusal.Args[0]));
        Assert.Single(bench.Files());
        bench.Disk.Room = long.MaxValue;
        Assert.Equal("before", await bench.ReadAsync(before));
        await bench.KeepAsync(new string('x', 300_000));
    }

    [Fact]
    public async Task A_nearly_full_disk_is_refused_before_a_byte_is_written()
    {
        await using var bench = await BlobBench.OpenAsync();
        bench.Disk.Free = (2L << 30) + 4;

        Assert.Equal(BlobFault.NotKept, (await Assert.ThrowsAsync<BlobException>(() => bench.KeepAsync("photo"))).Fault);
        Assert.Empty(bench.Files());
        await bench.KeepAsync("four");
    }

    [Fact]
    public async Task A_sender_who_breaks_off_is_the_sender_s_trouble_and_leaves_nothing()
    {
        await using var bench = await BlobBench.OpenAsync();

        var error = await Assert.ThrowsAsync<EndOfStreamException>(() => bench.Store.KeepAsync(new CutOff(), 1 << 20, Ct));

        Assert.Equal("gone", error.Message);
        Assert.Empty(bench.Files());
    }

    private sealed class CutOff : MemoryStream
    {
        private bool _isFirst = true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_isFirst) throw new EndOfStreamException("gone");
            _isFirst = false;
            return ValueTask.FromResult(Encoding.UTF8.GetBytes("half", buffer.Span));
        }
    }
}
