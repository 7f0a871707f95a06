using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Ledger.Verifying;

/// <summary>A tree built anew from entries and held, tile by tile, against what was published; keeps only the tiles that still grow.</summary>
internal sealed class RebuiltTree(HashSuite suite, Checkpoint checkpoint, TileFiles tiles, Action<string, long?, string> found)
{
    private readonly Frontier _frontier = new(suite);
    private readonly List<List<Digest>> _open = []; // by level: hashes of the tile that grows
    private readonly List<long> _full = []; // by level: full tiles behind it

    public void Append(Digest leaf)
    {
        if (_frontier.Size >= checkpoint.Size) return;
        Put(0, leaf);
        _frontier.Append(leaf, (height, _, hash) =>
        {
            if (height % 8 == 0) Put(height / 8, hash);
        });
    }

    /// <summary>Compares what is left when all entries were walked: the partial tiles and the root.</summary>
    public void Finish()
    {
        if (_frontier.Size != checkpoint.Size || _frontier.Root() != checkpoint.Root)
            found("root-" + suite.Name, null, $"{_frontier.Root()} of {_frontier.Size} entries, signed {checkpoint.Root} of {checkpoint.Size}");
        for (var level = 0; level < _open.Count; level++)
            if (_open[level].Count > 0) Compare(level);
    }

    private void Put(int level, Digest hash)
    {
        if (_open.Count == level)
        {
            _open.Add([]);
            _full.Add(0);
        }

        _open[level].Add(hash);
        if (_open[level].Count < TileAddress.FullWidth) return;
        Compare(level);
        _open[level].Clear();
        _full[level]++;
    }

    private void Compare(int level)
    {
        var address = new TileAddress(level, _full[level], _open[level].Count);
        var published = tiles.Hashes(suite, address);
        if (published is null) found("tile-" + suite.Name, null, $"{address.Path} missing or short");
        else if (_open[level].Index().Any(pair => new Digest(published.AsSpan(pair.Index * Digest.Size, Digest.Size)) != pair.Item))
            found("tile-" + suite.Name, null, $"{address.Path} differs from the entries");
    }
}
