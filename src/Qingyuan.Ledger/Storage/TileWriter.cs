using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>Writes tiles and the growing entry bundle, and remembers the partial files that the next checkpoint makes unneeded.</summary>
internal sealed class TileWriter
{
    private readonly ILogDisk _disk;
    private readonly List<ReadOnlyMemory<byte>> _open = [];
    private readonly Dictionary<(HashSuite Suite, int Level, long Index), string> _partials = [];
    private readonly List<string> _superseded = [];
    private readonly List<(TileAddress Address, byte[] Content)> _full = [];
    private long _size;

    public TileWriter(ILogDisk disk, long size)
    {
        (_disk, _size) = (disk, size);
        var width = (int)(size % TileAddress.FullWidth);
        if (width == 0) return;
        var address = new TileAddress(TileAddress.Entries, size / TileAddress.FullWidth, width);
        _open.AddRange(new TileFiles(disk).Bundle(address) ?? throw new LogException(LogTrouble.Damaged, LogFiles.Tile(HashSuite.Sha256, address)));
    }

    public void Append(ReadOnlyMemory<byte> envelope)
    {
        _open.Add(envelope);
        _size++;
        if (_open.Count < TileAddress.FullWidth) return;
        _full.Add((new(TileAddress.Entries, (_size / TileAddress.FullWidth) - 1, TileAddress.FullWidth), EntryBundle.Write(_open)));
        _open.Clear();
    }

    /// <summary>Writes what has grown: entry bundles, and the changed tiles of <paramref name="edges"/>.</summary>
    public void Write(IEnumerable<TileEdge> edges)
    {
        WriteBundles();
        foreach (var edge in edges)
            foreach (var (address, content) in edge.TakeChanged()) WriteTile(edge.Suite, address, content);
    }

    private void WriteBundles()
    {
        foreach (var (address, content) in _full) WriteTile(HashSuite.Sha256, address, content);
        _full.Clear();
        if (_open.Count > 0) WriteTile(HashSuite.Sha256, new(TileAddress.Entries, _size / TileAddress.FullWidth, _open.Count), EntryBundle.Write(_open));
    }

    private void WriteTile(HashSuite suite, TileAddress address, byte[] content)
    {
        var path = LogFiles.Tile(suite, address);
        var place = (suite, address.Level, address.Index);
        if (_partials.Remove(place, out var older) && older != path) _superseded.Add(older);
        _disk.Replace(path, content);
        if (!address.IsFull) _partials[place] = path;
    }

    /// <summary>Only after the new checkpoint is out: until then the old one needs its own partial tiles.</summary>
    public void DeleteSuperseded()
    {
        foreach (var path in _superseded) _disk.Delete(path);
        _superseded.Clear();
    }
}
