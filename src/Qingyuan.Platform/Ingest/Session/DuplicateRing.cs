using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>
/// The last frames of one station, so that a resend is known as one. The quick hash only selects; equal bytes decide, and equal bytes are equal MN, CN, QN, PNO and DataTime.
/// Bytes are held as half their SHA-256: nobody makes two frames that share it, and the frames themselves of 200,000 stations would take 2.4 GB.
/// </summary>
/// <remarks>
/// Not thread-safe: the station's session locks. Bounded: sixteen frames. A frame whose batch failed is forgotten by itself, because its ticket says so.
/// The ring only saves space and answers resends at once; after a restart the twin decides by what is stored.
/// </remarks>
internal sealed class DuplicateRing
{
    public const int Size = 16;

    /// <summary>Longer frames than the standard's 1036 bytes are never taken for repeats here.</summary>
    public const int LongestKept = 1100;

    private Entry[]? _entries;
    private int _next;

    /// <summary>The first copy's ticket when these bytes came lately, null when they are new.</summary>
    public Task? FirstCopy(ulong hash, ReadOnlySpan<byte> frame)
    {
        if (_entries is null) return null;
        foreach (ref var entry in _entries.AsSpan())
        {
            if (entry.Hash != hash || entry.Durable is null || entry.Digest != Digest(frame)) continue;
            if (entry.Durable.IsCompleted && !entry.Durable.IsCompletedSuccessfully) entry.Durable = null;
            return entry.Durable;
        }

        return null;
    }

    public void Remember(ulong hash, ReadOnlySpan<byte> frame, Task durable)
    {
        if (frame.Length > LongestKept) return;
        _entries ??= new Entry[Size];
        ref var entry = ref _entries[_next];
        _next = (_next + 1) % Size;
        (entry.Hash, entry.Digest, entry.Durable) = (hash, Digest(frame), durable);
    }

    private static UInt128 Digest(ReadOnlySpan<byte> frame)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(frame, digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    private struct Entry
    {
        public ulong Hash;
        public UInt128 Digest;
        public Task? Durable;
    }
}
