using System.Buffers;

namespace Qingyuan.Hj212.Framing;

/// <summary>One frame (通讯包) cut off a stream of bytes, or the bytes that were refused or skipped. The bytes stay where they were: nothing is copied.</summary>
/// <remarks>Valid as long as the buffer it was cut from.</remarks>
public readonly struct FrameCut
{
    internal FrameCut(ReadOnlySequence<byte> frame, in Cut cut)
    {
        Frame = frame;
        SegmentStart = cut.SegmentStart;
        SegmentLength = cut.SegmentLength;
        ReceivedCrc = cut.Crc;
        Why = cut.Why;
        Notes = cut.Notes;
    }

    /// <summary>All bytes as received, from <c>##</c> to CR LF; the rubbish when skipped.</summary>
    public ReadOnlySequence<byte> Frame { get; }

    /// <summary>The data segment (数据段), from the first field name to the closing <c>&amp;&amp;</c>. Empty when the shape could not be read.</summary>
    public ReadOnlySequence<byte> Segment => Frame.Slice(SegmentStart, SegmentLength);

    /// <summary>Where the segment begins in <see cref="Frame"/>.</summary>
    public int SegmentStart { get; }

    /// <summary>The segment's real length, bytes.</summary>
    public int SegmentLength { get; }

    /// <summary>The check value as sent; 0 when there was none.</summary>
    public ushort ReceivedCrc { get; }

    /// <summary>Why the bytes were refused; <see cref="FrameRejection.None"/> for a whole frame.</summary>
    public FrameRejection Why { get; }

    /// <summary>What the frame deviates in.</summary>
    public FrameNotes Notes { get; }

    /// <summary>The segment as one span: in place where it lies in one piece, else copied into <paramref name="scratch"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="scratch"/> is shorter than a segment that lies in pieces.</exception>
    public ReadOnlySpan<byte> SegmentSpan(Span<byte> scratch)
    {
        if (Frame.FirstSpan.Length >= SegmentStart + SegmentLength) return Frame.FirstSpan.Slice(SegmentStart, SegmentLength);
        Segment.CopyTo(scratch);
        return scratch[..SegmentLength];
    }
}
