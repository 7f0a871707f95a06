using System.Text;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Verifying;

namespace Qingyuan.Ledger.Storage;

/// <summary>Reads a log's published files while its writer runs, or after. Trusts nothing it cannot recompute; takes no lock. Threads may share it.</summary>
public sealed class LogReader(ILogDisk disk)
{
    private readonly TileFiles _tiles = new(disk);

    /// <summary>The public keys that stand beside the log; null before it was first opened.</summary>
    public LogKeyring? Keys() => disk.Read(LogFiles.Keys) is { } bytes && LogKeyring.TryParse(Encoding.UTF8.GetString(bytes), out var ring) ? ring : null;

    /// <summary>The newest checkpoint as published, null when there is none.</summary>
    public byte[]? CheckpointBytes(HashSuite suite) => disk.Read(LogFiles.Checkpoint(suite));

    /// <summary>The newest checkpoint, read; null when there is none or it is malformed.</summary>
    public (SignedNote Note, Checkpoint Checkpoint)? Checkpoint(HashSuite suite) =>
        CheckpointBytes(suite) is { } bytes && SignedNote.TryParse(bytes, out var note) && Checkpoints.Checkpoint.TryParse(note!.Text, out var checkpoint)
            ? (note, checkpoint!)
            : null;

    /// <summary>A tile's hashes, or an entry bundle; null when it does not exist that wide.</summary>
    public byte[]? Tile(HashSuite suite, TileAddress address) => address.Level == TileAddress.Entries
        ? _tiles.Bundle(address) is { } entries ? EntryBundle.Write(entries) : null
        : _tiles.Hashes(suite, address);

    /// <summary>The envelope at <paramref name="index"/> from its bundle, null when it is not published.</summary>
    public ReadOnlyMemory<byte>? Envelope(long index, long size)
    {
        if (index < 0 || index >= size) return null;
        return _tiles.Bundle(TileAddress.Of(TileAddress.Entries, index, size))?[(int)(index % TileAddress.FullWidth)];
    }

    /// <summary>Envelopes from <paramref name="index"/> on, straight from the segments, sealed or not; ends at the first that is not whole.</summary>
    public IEnumerable<(long Index, ReadOnlyMemory<byte> Bytes)> Envelopes(long index) => new SegmentScan(disk).From(index).Select(stored => (stored.Index, stored.Bytes));

    /// <summary>The proof that <paramref name="index"/> stands under the newest checkpoint; null when it does not.</summary>
    /// <exception cref="LogException">A tile is missing.</exception>
    public TlogProof? Proof(HashSuite suite, long index)
    {
        if (Checkpoint(suite) is not { } newest || index < 0 || index >= newest.Checkpoint.Size) return null;
        var size = newest.Checkpoint.Size;
        return new(index, MerkleTree.Inclusion(suite, index, size, _tiles.Source(suite, size)), newest.Note);
    }
}
