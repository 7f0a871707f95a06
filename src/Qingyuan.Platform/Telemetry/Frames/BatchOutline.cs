using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>What the index wants to know of a batch: its place in time, and which MNs have frames in which hours.</summary>
internal sealed record BatchOutline(BatchSpan Span, IReadOnlyCollection<(int Hour, string Mn)> Stations)
{
    public long Id => Span.Id;

    public static BatchOutline Of(CommittedBatch batch)
    {
        var (from, to) = (long.MaxValue, long.MinValue);
        var stations = new HashSet<(int Hour, string Mn)>();
        foreach (var frame in batch.Frames)
        {
            var received = Micros.Of(frame.Arrival.ReceivedAt);
            (from, to) = (Math.Min(from, received), Math.Max(to, received));
            stations.Add((Micros.Hour(received), frame.Arrival.Mn));
        }

        return new(new(batch.Id, from, to), stations);
    }

    /// <param name="id">Of the batch.</param>
    /// <param name="slots">Its frames.</param>
    /// <param name="strings">Of the same frames: an MN's number there is quicker to compare than the MN.</param>
    /// <param name="stations">Room to work in; emptied.</param>
    public static BatchOutline Of(long id, ReadOnlySpan<FrameSlot> slots, StringTable strings, HashSet<(int Hour, int Mn)> stations)
    {
        var (from, to) = (long.MaxValue, long.MinValue);
        stations.Clear();
        for (var i = 0; i < slots.Length; i++)
        {
            var received = slots[i].ReceivedMicros;
            (from, to) = (Math.Min(from, received), Math.Max(to, received));
            stations.Add((Micros.Hour(received), strings.Mns[i]));
        }

        return new(new(id, from, to), [.. stations.Select(station => (station.Hour, strings[station.Mn]))]);
    }
}
