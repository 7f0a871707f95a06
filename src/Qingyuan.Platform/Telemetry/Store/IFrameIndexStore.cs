namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>Which batches hold frames of an hour, and of an MN in an hour. Can be rebuilt from the batches; adding twice is harmless.</summary>
internal interface IFrameIndexStore
{
    /// <summary>Batches up to this one are in the index.</summary>
    long IndexedThrough { get; }

    void Add(IReadOnlyCollection<KeyValuePair<int, List<BatchSpan>>> hours, IReadOnlyCollection<KeyValuePair<(int Hour, string Mn), List<long>>> stations, long indexedThrough);

    /// <summary>Hours (since 1970, UTC) in [from, to] that have frames, ascending.</summary>
    IReadOnlyList<int> Hours(int from, int to);

    IReadOnlyList<BatchSpan> Batches(int hour);

    /// <summary>Ids of the batches that hold frames of <paramref name="mn"/> in that hour.</summary>
    IReadOnlyList<long> Batches(int hour, string mn);
}
