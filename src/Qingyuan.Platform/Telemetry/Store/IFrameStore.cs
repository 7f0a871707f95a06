namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>Durable batches of raw frames. Batches are added and read, never changed.</summary>
internal interface IFrameStore
{
    /// <summary>The newest batch, or <see cref="LogHead.Empty"/>.</summary>
    LogHead ReadHead();

    /// <summary>Takes the right to append. From then on batches of an earlier epoch are refused, whoever brings them: a node that slept must not write beside the one that took over.</summary>
    /// <param name="atLeast">The lowest epoch that will do.</param>
    /// <returns>The epoch that was taken.</returns>
    long Claim(long atLeast);

    /// <summary>Stores the batches, in order; durable when it returns. One caller.</summary>
    /// <exception cref="System.Data.Common.DbException">The world failed; some of the batches may be stored nevertheless.</exception>
    void Append(IReadOnlyList<BatchRow> batches);

    /// <summary>Writes something small and durable, to learn whether storing works again.</summary>
    void Probe();

    BatchRow? Find(long id);

    /// <summary>Batches after <paramref name="after"/> in order of id, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<BatchRow> ReadAfter(long after, int limit);

    /// <summary>Bytes free where the frames are kept, and the size of that disk; null when unknown.</summary>
    (long Free, long Total)? Space();
}
