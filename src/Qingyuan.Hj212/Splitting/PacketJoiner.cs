using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Splitting;

/// <summary>What became of a part.</summary>
public enum JoinState
{
    /// <summary>No part of a split message (no PNUM, or PNUM and PNO that cannot be).</summary>
    NotAPart,

    /// <summary>More parts are to come.</summary>
    Waiting,

    /// <summary>The last one that was missing: the message is whole.</summary>
    Whole,

    /// <summary>This part with these bytes is here already.</summary>
    Repeat,

    /// <summary>This part is here already with other bytes; the first stands.</summary>
    Contradiction,
}

/// <summary>A message whose parts are all here, or whose window has ended.</summary>
/// <typeparam name="T">What the caller keeps of a part, such as the place of its frame.</typeparam>
/// <param name="Mn">MN.</param>
/// <param name="Command">CN.</param>
/// <param name="DataTime">As sent; empty when the parts have none.</param>
/// <param name="Area">The areas one after the other in order of PNO, DataTime once.</param>
/// <param name="Parts">What the caller gave, in order of PNO; only those that came.</param>
/// <param name="Missing">PNO of the parts that did not come.</param>
public sealed record JoinedMessage<T>(string Mn, int Command, string DataTime, byte[] Area, IReadOnlyList<T> Parts, IReadOnlyList<int> Missing);

/// <summary>并包 on the way in: parts of one message found by MN, ST, CN, DataTime and PNUM within a window, in any order. No clock; one caller at a time.</summary>
/// <remarks>
/// Each part of a split upload has a QN of its own (HJ 212-2017 C.49, C.50), so that QN cannot join them. Every part is a frame in its own right and is kept as one:
/// joining is for meaning only and never loses a part. Bounded in messages and bytes; when a bound is reached the oldest message ends as if its window had.
/// </remarks>
/// <typeparam name="T">What the caller keeps of a part.</typeparam>
/// <param name="window">How long after its first part a message is waited for.</param>
/// <param name="mostOpen">Messages that may wait.</param>
/// <param name="mostBytes">Bytes of areas that may wait.</param>
public sealed class PacketJoiner<T>(TimeSpan window, int mostOpen = 64, int mostBytes = 1 << 20)
{
    private readonly Dictionary<Key, Open> _open = [];
    private readonly Queue<JoinedMessage<T>> _ended = new();
    private int _bytes;

    /// <summary>When <see cref="Tick"/> has something to do; null when nothing waits.</summary>
    public DateTimeOffset? DueAt => _open.Count is 0 ? null : _open.Values.Min(each => each.Until);

    /// <summary>Takes one part. <paramref name="whole"/> is set when it was the last.</summary>
    public JoinState Add(in SegmentHeader header, T part, DateTimeOffset now, out JoinedMessage<T>? whole)
    {
        whole = null;
        if (header is not { Pnum: > 1 and <= 9999 and { } pnum, Pno: > 0 and { } pno } || pno > pnum) return JoinState.NotAPart;
        var dataTime = DataAreaReader.TryFind(header.Area, "DataTime"u8, out var stamp) ? WireText.Decode(stamp) : "";
        var key = new Key(WireText.Decode(header.Mn), WireText.Decode(header.St), header.Command, dataTime, pnum);
        if (!_open.TryGetValue(key, out var open))
        {
            if (_open.Count >= mostOpen) End(_open.MinBy(each => each.Value.Until).Key);
            _open.Add(key, open = new(now + window));
        }

        if (open.Parts.TryGetValue(pno, out var before)) return header.Area.SequenceEqual(before.Area) ? JoinState.Repeat : JoinState.Contradiction;
        open.Parts.Add(pno, (header.Area.ToArray(), part));
        _bytes += header.Area.Length;
        if (open.Parts.Count == pnum)
        {
            whole = Take(key);
            return JoinState.Whole;
        }

        while (_bytes > mostBytes && _open.Count > 0) End(_open.MinBy(each => each.Value.Until).Key);
        return JoinState.Waiting;
    }

    /// <summary>The messages that ended without all their parts, each with what is missing.</summary>
    public IReadOnlyList<JoinedMessage<T>> Tick(DateTimeOffset now)
    {
        foreach (var key in _open.Where(each => each.Value.Until <= now).OrderBy(each => each.Value.Until).Select(each => each.Key).ToList()) End(key);
        List<JoinedMessage<T>> ended = [.. _ended];
        _ended.Clear();
        return ended;
    }

    private void End(Key key) => _ended.Enqueue(Take(key));

    private JoinedMessage<T> Take(Key key)
    {
        _open.Remove(key, out var open);
        var area = new List<byte>();
        foreach (var (bytes, _) in open!.Parts.Values)
        {
            _bytes -= bytes.Length;
            Append(area, bytes);
        }

        return new(key.Mn, key.Command, key.DataTime, [.. area], [.. open.Parts.Values.Select(each => each.Part)], [.. Enumerable.Range(1, key.Pnum).Where(pno => !open.Parts.ContainsKey(pno))]);
    }

    // DataTime stands in every part and once in the whole.
    private static void Append(List<byte> area, ReadOnlySpan<byte> part)
    {
        if (area.Count > 0 && part.StartsWith("DataTime="u8))
        {
            var end = part.IndexOf((byte)';');
            part = end < 0 ? default : part[(end + 1)..];
        }

        if (area.Count > 0 && !part.IsEmpty) area.Add((byte)';');
        area.AddRange(part);
    }

    private sealed record Key(string Mn, string St, int Command, string DataTime, int Pnum);

    private sealed class Open(DateTimeOffset until)
    {
        public DateTimeOffset Until { get; } = until;

        public SortedDictionary<int, (byte[] Area, T Part)> Parts { get; } = [];
    }
}
