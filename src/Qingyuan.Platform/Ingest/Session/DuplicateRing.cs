namespace Qingyuan.Platform.Ingest.Session;

/// <summary>
/// The last frames of one station, so that a resend is known as one. The hash only selects; equal bytes decide, and equal bytes are equal MN, CN, QN, PNO and DataTime.
/// </summary>
/// <remarks>
/// Not thread-safe: the station's session locks. Bounded: sixteen frames of legal size. A frame whose batch failed is forgotten by itself, because its ticket says so.
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
            if (entry.Hash != hash || entry.Durable is null || !entry.Bytes.AsSpan(0, entry.Length).SequenceEqual(frame)) continue;
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
        if (entry.Bytes is null || entry.Bytes.Length < frame.Length) entry.Bytes = new byte[(frame.Length + 63) & ~63];
        frame.CopyTo(entry.Bytes);
        (entry.Hash, entry.Length, entry.Durable) = (hash, frame.Length, durable);
    }

    private struct Entry
    {
        public ulong Hash;
        public int Length;
        public byte[]? Bytes;
        public Task? Durable;
    }
}
