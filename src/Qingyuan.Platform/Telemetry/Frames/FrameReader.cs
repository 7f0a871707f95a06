using System.Security.Cryptography;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Frames by id, by MN and time, by hour.</summary>
internal sealed class FrameReader(FrameIndex index, BatchReader batches) : IFrameReader
{
    private const int Reach = 31 * 24; // hours that a station which fell silent makes us look into

    public Task<StoredFrame?> FindAsync(FrameId id, CancellationToken ct)
    {
        var frames = batches.Find(id.Batch)?.Frames;
        return Task.FromResult(frames is not null && id.Ordinal < frames.Count ? frames[id.Ordinal] : null);
    }

    public Task<Page<StoredFrame>> ListAsync(FrameQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var after = FrameCursor.Parse(query.After);
        var (from, to) = (query.From is { } start ? Micros.Of(start) : 0, query.To is { } end ? Micros.Of(end) : long.MaxValue);
        var first = Micros.Hour(Math.Max(from, after.Received));
        var last = to == long.MaxValue ? int.MaxValue : Micros.Hour(to);

        var found = new List<StoredFrame>();
        foreach (var hour in index.Hours(first, last))
        {
            foreach (var frame in InOrder(hour, query.Mn, Math.Max(from, after.Received)))
            {
                ct.ThrowIfCancellationRequested();
                var cursor = FrameCursor.Of(frame);
                if (cursor.Received < from || cursor.Received >= to || cursor.CompareTo(after) <= 0) continue;
                if (query.Verdict is { } verdict && frame.Arrival.Verdict != verdict) continue;
                if (found.Count == query.Limit) return Task.FromResult(new Page<StoredFrame>(found, FrameCursor.Of(found[^1]).ToString()));
                found.Add(frame);
            }
        }

        return Task.FromResult(new Page<StoredFrame>(found, null));
    }

    public Task<Page<StoredFrame>> NewestAsync(string mn, DateTimeOffset? to, int limit, string? after, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var before = after is null ? new(to is { } end ? Micros.Of(end) : long.MaxValue, default) : FrameCursor.Parse(after);
        var last = before.Received == long.MaxValue ? int.MaxValue : Micros.Hour(before.Received);
        var found = new List<StoredFrame>();
        foreach (var hour in index.Hours(0, last).Reverse().Take(Reach))
        {
            ct.ThrowIfCancellationRequested();
            var missing = limit + 1 - found.Count;
            found.AddRange(InOrder(hour, mn, 0).Where(frame => FrameCursor.Of(frame).CompareTo(before) < 0).TakeLast(missing).Reverse());
            if (found.Count > limit) return Task.FromResult(new Page<StoredFrame>(found[..limit], FrameCursor.Of(found[limit - 1]).ToString()));
        }

        return Task.FromResult(new Page<StoredFrame>(found, null));
    }

    public Task<IReadOnlyList<(int StationNo, IReadOnlyList<byte[]> FrameSha256)>> HourDigestsAsync(DateTimeOffset hour, CancellationToken ct)
    {
        var number = Micros.Hour(Micros.Of(hour));
        var leaves = new SortedDictionary<int, List<byte[]>>();
        foreach (var span in index.Batches(number, null))
        {
            ct.ThrowIfCancellationRequested();
            foreach (var frame in batches.FindIntact(span.Id)?.Frames ?? [])
            {
                if (Micros.Hour(Micros.Of(frame.Arrival.ReceivedAt)) != number) continue;
                if (!leaves.TryGetValue(frame.Arrival.StationNo, out var list)) leaves.Add(frame.Arrival.StationNo, list = []);
                list.Add(SHA256.HashData(frame.Bytes.Span));
            }
        }

        return Task.FromResult<IReadOnlyList<(int, IReadOnlyList<byte[]>)>>([.. leaves.Select(entry => (entry.Key, (IReadOnlyList<byte[]>)entry.Value))]);
    }

    /// <summary>
    /// Frames of one hour by time received. Batches overlap a little (and a lot where the clock jumped), so they are swept by their earliest frame:
    /// what is older than the next batch's earliest can be handed out.
    /// </summary>
    private IEnumerable<StoredFrame> InOrder(int hour, string? mn, long from)
    {
        var waiting = new PriorityQueue<StoredFrame, FrameCursor>();
        foreach (var span in index.Batches(hour, mn).Where(span => span.ReceivedTo >= from).OrderBy(span => span.ReceivedFrom))
        {
            while (waiting.TryPeek(out var oldest, out var cursor) && cursor.Received < span.ReceivedFrom)
            {
                waiting.Dequeue();
                yield return oldest;
            }

            foreach (var frame in batches.FindIntact(span.Id)?.Frames ?? [])
            {
                var cursor = FrameCursor.Of(frame);
                if (Micros.Hour(cursor.Received) == hour && (mn is null || frame.Arrival.Mn == mn)) waiting.Enqueue(frame, cursor);
            }
        }

        while (waiting.TryDequeue(out var frame, out _)) yield return frame;
    }
}
