using Qingyuan.Platform.Telemetry.Chunks;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>A packed chunk on its way to disk.</summary>
/// <param name="Closed">Goes to its final place, in order of keys; else to where open chunks are rewritten until their period ends.</param>
internal sealed record ChunkWrite(ChunkKey Key, byte[] Bytes, bool Closed);

/// <summary>Durable chunks, and the contradictions found while filling them.</summary>
internal interface IChunkStore
{
    /// <summary>The factor codes of the file (or partition) a chunk is in.</summary>
    CodeBook Codes(ChunkKey key);

    /// <summary>Writes chunks and conflicts of one month; all or nothing, durable when it returns. Writing them again changes nothing.</summary>
    void Write(int month, IReadOnlyCollection<ChunkWrite> chunks, IReadOnlyCollection<Conflict> conflicts);

    /// <summary>Null when there is none. <c>Closed</c> says where it lies; a closed one stays closed.</summary>
    (byte[] Bytes, bool Closed)? Read(ChunkKey key);

    /// <summary>Whether any station has a chunk of this period.</summary>
    bool HasPeriod(ChunkKey any);

    /// <summary>Those of <paramref name="keys"/> (one resolution) that exist, in that order.</summary>
    IEnumerable<(ChunkKey Key, byte[] Bytes)> Read(IReadOnlyCollection<ChunkKey> keys);

    /// <summary>Every chunk there is, open or closed.</summary>
    IEnumerable<(ChunkKey Key, byte[] Bytes)> All();

    /// <summary>Chunks that lie in the open place.</summary>
    IReadOnlyList<ChunkKey> OpenKeys();

    /// <summary>Takes a damaged chunk out of the way and keeps its bytes. From then on it is to be mended.</summary>
    void SetAside(ChunkKey key);

    /// <summary>What was set aside and is not mended yet, with the bytes that were kept: none where they could not be read. A chunk may have been set aside more than once.</summary>
    IReadOnlyList<(ChunkKey Key, byte[] Bytes)> Unmended();

    /// <summary>All that was set aside of it is on disk again. Changes nothing when nothing was.</summary>
    void MarkMended(ChunkKey key);

    /// <summary>Of one station, or of all.</summary>
    IReadOnlyList<Conflict> Conflicts(int? stationNo, DateTime from, DateTime to);
}
