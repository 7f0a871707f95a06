using System.Globalization;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>Reads tiles and entry bundles. A narrower tile is cut from a wider one: items never change, they only become more.</summary>
internal sealed class TileFiles(ILogDisk disk)
{
    /// <summary>The tile's hashes, exactly as wide as asked; null when that many are not there.</summary>
    public byte[]? Hashes(HashSuite suite, TileAddress tile)
    {
        foreach (var candidate in Candidates(suite, tile))
            if (disk.Read(LogFiles.Tile(suite, candidate)) is { } bytes && bytes.Length >= tile.Width * Digest.Size)
                return bytes[..(tile.Width * Digest.Size)];
        return null;
    }

    /// <summary>The bundle's envelopes, exactly as many as asked; null when that many are not there.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Bundle(TileAddress tile)
    {
        foreach (var candidate in Candidates(HashSuite.Sha256, tile))
        {
            if (disk.Read(LogFiles.Tile(HashSuite.Sha256, candidate)) is { } bytes && EntryBundle.TryRead(bytes, out var entries) && entries.Count >= tile.Width)
                return [.. entries.Take(tile.Width)];
        }

        return null;
    }

    /// <summary>Complete subtrees of the tree of <paramref name="size"/> leaves, out of tiles; the last tiles read stay in memory.</summary>
    /// <exception cref="LogException">A tile is missing or short.</exception>
    public SubtreeHash Source(HashSuite suite, long size)
    {
        var read = new Dictionary<(int, long), byte[]>();
        return Subtree;

        Digest Subtree(int height, long index)
        {
            var (level, inside) = Math.DivRem(height, 8);
            var first = index << inside;
            var address = TileAddress.Of(level, first, size);
            if (!read.TryGetValue((level, address.Index), out var tile))
            {
                tile = Hashes(suite, address) ?? throw new LogException(LogTrouble.Damaged, LogFiles.Tile(suite, address));
                read[(level, address.Index)] = tile;
            }

            return Fold(suite, tile, (int)(first % TileAddress.FullWidth), 1 << inside);
        }
    }

    private static Digest Fold(HashSuite suite, byte[] tile, int start, int width) => width == 1
        ? new(tile.AsSpan(start * Digest.Size, Digest.Size))
        : suite.Node(Fold(suite, tile, start, width / 2), Fold(suite, tile, start + (width / 2), width / 2));

    private IEnumerable<TileAddress> Candidates(HashSuite suite, TileAddress tile)
    {
        yield return tile;
        if (tile.IsFull) yield break;
        yield return tile with { Width = TileAddress.FullWidth };
        var folder = LogFiles.Tile(suite, tile with { Width = TileAddress.FullWidth }) + ".p";
        foreach (var name in disk.List(folder))
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > tile.Width && width < TileAddress.FullWidth)
                yield return tile with { Width = width };
    }
}
