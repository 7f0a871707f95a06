using CsCheck;
using Qingyuan.Ledger.Layout;

namespace Qingyuan.Ledger.Tests.Layout;

public class TileAddressTests
{
    [Theory]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 0, 8, "tile/0/000.p/8")]
    [InlineData(3, 1000, 256, "tile/3/x001/000")]
    [InlineData(TileAddress.Entries, 5, 255, "tile/entries/005.p/255")]
    public void Paths_are_those_of_the_specification(int level, long index, int width, string path)
    {
        Assert.Equal(path, new TileAddress(level, index, width).Path);
        Assert.True(TileAddress.TryParse(path["tile/".Length..], out var address));
        Assert.Equal(new TileAddress(level, index, width), address);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("64/000")]
    [InlineData("00/000")]
    [InlineData("0/00")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/002")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/08")]
    [InlineData("0/../checkpoint")]
    [InlineData("entries/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("0/-01")]
    public void Other_spellings_are_refused(string path) => Assert.False(TileAddress.TryParse(path, out _));

    [Fact]
    public void Every_address_reads_back() => Gen.Select(Gen.Int[-1, 63], Gen.Long[0, 999_999_999_999], Gen.Int[1, 256]).Sample((level, index, width) =>
    {
        var address = new TileAddress(level, index, width);
        Assert.True(TileAddress.TryParse(address.Path["tile/".Length..], out var read));
        Assert.Equal(address, read);
    });

    [Fact]
    public void A_tree_of_70000_has_the_tiles_of_the_specifications_example()
    {
        Assert.Equal(112, TileAddress.Of(0, 69_999, 70_000).Width);
        Assert.True(TileAddress.Of(1, 255, 70_000).IsFull);
        Assert.Equal(17, TileAddress.Of(1, 272, 70_000).Width);
        Assert.Equal(1, TileAddress.Of(2, 0, 70_000).Width);
    }

    [Fact]
    public void The_origins_path_is_the_hash_of_the_design_page() =>
        Assert.Equal("5013ccfc5698520c58d7b1c25f82e188168b2c97f428e2f4ebc2bebf46a0d2da", LogOrigin.PathHash("evidence.example/op-east/1"));

    [Fact]
    public void A_bundle_holds_the_longest_entry_and_refuses_a_cut_one()
    {
        var longest = new byte[65_535];
        var bundle = EntryBundle.Write([new byte[] { 1 }, longest]);
        Assert.True(EntryBundle.TryRead(bundle, out var read));
        Assert.Equal([1, 65_535], read.Select(entry => entry.Length));
        Assert.False(EntryBundle.TryRead(bundle.AsMemory(0, bundle.Length - 1), out _));
        Assert.Throws<OverflowException>(() => EntryBundle.Write([new byte[65_536]]));
    }
}
