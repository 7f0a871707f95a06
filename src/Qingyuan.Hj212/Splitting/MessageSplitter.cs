using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Splitting;

/// <summary>拆包 on the way out (HJ 212-2017 6.3.2): a segment over 1024 bytes becomes several frames, cut at <c>;</c> borders by real bytes.</summary>
/// <remarks>Every part is a whole frame with a QN of its own, PNUM, PNO, and the DataTime of all. An object (a factor with its mark) is never torn; a message that fits is one frame without PNUM.</remarks>
public static class MessageSplitter
{
    /// <summary>The frames, in order.</summary>
    /// <param name="message">Without PNUM and PNO.</param>
    /// <param name="nextQn">Gives the QN of each further part; the first keeps the message's own.</param>
    /// <param name="longest">Longest segment in bytes.</param>
    /// <returns>Null when one object alone is too long for a segment: no edition has a way to send it.</returns>
    /// <exception cref="ArgumentException">A text of the message holds a separator, or the message has PNUM already.</exception>
    public static IReadOnlyList<byte[]>? Split(Message message, Func<string> nextQn, int longest = FrameLimits.Legal)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(nextQn);
        if (message.Pnum is not null) throw new ArgumentException("The message is a part already.", nameof(message));
        var segment = MessageWriter.ToSegment(message);
        if (segment.Length <= longest) return [MessageWriter.ToBytes(message)];
        if (!SegmentHeader.TryParse(segment, out var header, out _)) return null;
        var objects = Objects(header.Area, out var dataTime);
        var fixedBytes = segment.Length - header.Area.Length + (dataTime.IsEmpty ? 0 : dataTime.Length + 1);
        for (var digits = 1; digits <= 4; digits++)
        {
            // PNUM=n;PNO=n; in front of CP.
            var room = longest - fixedBytes - "PNUM=;PNO=;".Length - (2 * digits);
            if (Pack(objects, room) is not { } parts) return null;
            if (parts.Count < Math.Pow(10, digits)) return Frames(message, header.Area, dataTime, parts, nextQn);
        }

        return null;
    }

    /// <summary>Places of what stands between semicolons, DataTime left out.</summary>
    private static List<Range> Objects(ReadOnlySpan<byte> area, out ReadOnlySpan<byte> dataTime)
    {
        dataTime = default;
        var starts = new List<int>();
        var timeAt = -1;
        foreach (var item in new DataAreaReader(area))
        {
            if (!item.StartsObject || !area.Overlaps(item.Name, out var at)) continue;
            if (item.Name.SequenceEqual("DataTime"u8)) timeAt = starts.Count;
            starts.Add(at);
        }

        var objects = new List<Range>();
        for (var i = 0; i < starts.Count; i++)
        {
            var range = starts[i]..(i + 1 < starts.Count ? starts[i + 1] - 1 : area.Length);
            if (i == timeAt) dataTime = area[range];
            else objects.Add(range);
        }

        return objects;
    }

    private static List<List<Range>>? Pack(List<Range> objects, int room)
    {
        List<List<Range>> parts = [[]];
        var used = 0;
        foreach (var range in objects)
        {
            var length = range.End.Value - range.Start.Value;
            if (length > room) return null;
            if (used > 0 && used + 1 + length > room)
            {
                parts.Add([]);
                used = 0;
            }

            parts[^1].Add(range);
            used += (used > 0 ? 1 : 0) + length;
        }

        return parts;
    }

    private static List<byte[]> Frames(Message message, ReadOnlySpan<byte> area, ReadOnlySpan<byte> dataTime, List<List<Range>> parts, Func<string> nextQn)
    {
        var frames = new List<byte[]>(parts.Count);
        for (var at = 0; at < parts.Count; at++)
        {
            var part = message with { Pnum = parts.Count, Pno = at + 1, Qn = at == 0 || message.Qn is null ? message.Qn : nextQn(), Body = new RawArea(Join(area, dataTime, parts[at])) };
            frames.Add(MessageWriter.ToBytes(part));
        }

        return frames;
    }

    private static byte[] Join(ReadOnlySpan<byte> area, ReadOnlySpan<byte> dataTime, List<Range> objects)
    {
        var joined = new List<byte>(FrameLimits.Legal);
        joined.AddRange(dataTime);
        foreach (var range in objects)
        {
            if (joined.Count > 0) joined.Add((byte)';');
            joined.AddRange(area[range]);
        }

        return [.. joined];
    }
}
