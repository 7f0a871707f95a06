using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Ledger.Verifying;

/// <summary>What one stored envelope is worth by itself; its place in its source's chain and in the trees is judged in the order of the log.</summary>
internal readonly record struct JudgedEntry(StoredEnvelope Stored, Digest Sha256, Digest Sm3, Envelope? Envelope, bool IsSigned, EntryFault Fault, LogEntry? Entry)
{
    public static JudgedEntry Of(StoredEnvelope stored, LogKeyring keys)
    {
        var (sha256, sm3) = (HashSuite.Sha256.Leaf(stored.Bytes.Span), HashSuite.Sm3.Leaf(stored.Bytes.Span));
        if (!Canonical.Envelope.TryRead(stored.Bytes, out var envelope)) return new(stored, sha256, sm3, null, false, default, null);
        var fault = LogEntry.TryRead(envelope!.Entry.Span, out var entry);
        return new(stored, sha256, sm3, envelope, envelope.IsSignedBy(keys.Sources), fault, entry);
    }
}
