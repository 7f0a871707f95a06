using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>An entry that is durable but not sealed, with the leaf hashes taken when it was appended.</summary>
internal sealed record PendingEntry(StoredEnvelope Stored, Digest Sha256, Digest Sm3)
{
    public static PendingEntry Of(StoredEnvelope stored) => new(stored, HashSuite.Sha256.Leaf(stored.Bytes.Span), HashSuite.Sm3.Leaf(stored.Bytes.Span));

    /// <summary>Reads the record again and hashes it anew: a bit that flipped between hashing and tree building must refuse the batch, not kill the log.</summary>
    public void RequireUnchanged(ILogDisk disk)
    {
        var path = LogFiles.Segment(Stored.Segment);
        var record = disk.Read(path, Stored.Offset, (int)(Stored.End - Stored.Offset));
        if (!SegmentRecord.TryRead(record, out var bytes) || Of(Stored with { Bytes = bytes }) is var again && (again.Sha256 != Sha256 || again.Sm3 != Sm3))
            throw new LogException(LogTrouble.Damaged, $"{path} entry {Stored.Index}");
    }
}
