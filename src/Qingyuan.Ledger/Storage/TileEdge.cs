using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>The growing right edge of one suite's tree: its frontier and, for each level, the tile that is not full yet.</summary>
internal sealed class TileEdge
{
    private readonly Frontier _frontier;
    private readonly List<MemoryStream> _open = []; // by level; content of the tile that grows
    private readonly List<long> _items = []; // by level; how many items the level has
    private readonly Dictionary<TileAddress, byte[]> _changed = [];

    public TileEdge(HashSuite suite, long size, TileFiles tiles)
    {
        Suite = suite;
        _frontier = new(suite, size, MerkleTree.Peaks(size, tiles.Source(suite, size)));
        for (var level = 0; size >> (8 * level) > 0 && level < 8; level++)
        {
            var items = size >> (8 * level);
            var width = (int)(items % TileAddress.FullWidth);
            var address = new TileAddress(level, items / TileAddress.FullWidth, width);
            var content = width == 0 ? [] : tiles.Hashes(suite, address) ?? throw new LogException(LogTrouble.Damaged, LogFiles.Tile(suite, address));
            _open.Add(new MemoryStream());
            _open[level].Write(content);
            _items.Add(items);
        }
    }

    public HashSuite Suite { get; }

    public long Size => _frontier.Size;

    public Digest Root => _frontier.Root();

    public void Append(Digest leaf)
    {
        Put(0, leaf);
        _frontier.Append(leaf, (height, _, hash) =>
        {
            if (height % 8 == 0) Put(height / 8, hash);
        });
    }

    /// <summary>Tiles that changed since the last call, each with its whole content.</summary>
    public IReadOnlyList<KeyValuePair<TileAddress, byte[]>> TakeChanged()
    {
        for (var level = 0; level < _open.Count; level++)
        {
            var width = (int)(_items[level] % TileAddress.FullWidth);
            if (width > 0) _changed[new(level, _items[level] / TileAddress.FullWidth, width)] = _open[level].ToArray();
        }

        KeyValuePair<TileAddress, byte[]>[] changed = [.. _changed];
        _changed.Clear();
        return changed;
    }

    private void Put(int level, Digest hash)
    {
        if (_open.Count == level)
        {
            _open.Add(new MemoryStream());
            _items.Add(0);
        }

        _open[level].Write(hash.ToArray());
        _items[level]++;
        if (_items[level] % TileAddress.FullWidth != 0) return;
        _changed[new(level, (_items[level] / TileAddress.FullWidth) - 1, TileAddress.FullWidth)] = _open[level].ToArray();
        _open[level].SetLength(0);
    }
}
