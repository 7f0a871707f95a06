using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>Where an entry came to stand. Durable, and evidence once a checkpoint covers <paramref name="Index"/>.</summary>
/// <param name="Index">Its place in the log, from 0.</param>
/// <param name="Stream">Its source's chain.</param>
/// <param name="Seq">Its place there.</param>
/// <param name="LeafSha256">Its leaf hash in the <c>std</c> tree.</param>
/// <param name="LeafSm3">Its leaf hash in the <c>sm</c> tree.</param>
public sealed record AppendedEntry(long Index, string Stream, long Seq, Digest LeafSha256, Digest LeafSm3)
{
    /// <summary>The place of an entry read back from the log.</summary>
    public static AppendedEntry Of(long index, LogEntry entry, ReadOnlySpan<byte> envelope)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(index, entry.Stream, entry.Seq, HashSuite.Sha256.Leaf(envelope), HashSuite.Sm3.Leaf(envelope));
    }
}
