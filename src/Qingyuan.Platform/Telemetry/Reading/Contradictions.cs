using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Reading;

/// <summary>Contradictions from disk and from memory; one that is just being written may be seen in both and is told once.</summary>
internal sealed class Contradictions(IChunkStore store, OpenChunks open) : IContradictions
{
    public Task<IReadOnlyList<Contradiction>> ListAsync(int? stationNo, DateTime from, DateTime to, CancellationToken ct)
    {
        // Memory first: what moves to disk meanwhile is then found there, and none is missed.
        var waiting = open.Conflicts().Where(each => (stationNo is null || each.Chunk.StationNo == stationNo) && each.At >= from && each.At < to).ToList();
        return Task.FromResult<IReadOnlyList<Contradiction>>([.. waiting.Concat(store.Conflicts(stationNo, from, to)).Select(Shape).Distinct()]);
    }

    private static Contradiction Shape(Conflict conflict) =>
        new(conflict.Chunk.StationNo, conflict.Chunk.Resolution, conflict.At, conflict.Factor, conflict.Quantity, conflict.First, conflict.Second);
}
