using System.Buffers;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>The strict verdict: what a tolerant host forgives and the standard does not allow. For type tests of loggers and for <c>decode --strict</c>.</summary>
/// <remarks>
/// Clauses are those of HJ 212-2017; the widths of 2005 and 2025 differ where said. Places where the standard contradicts itself are allowed: a comma
/// or a semicolon between BeginTime and EndTime, lower-case check values, factor codes nobody knows (makers may have their own). What only one source says
/// of 2005 and 2025 is not demanded where a frame could be right after all: commands, required fields, formats of factors.
/// </remarks>
public static class StrictCheck
{
    internal const string Packet = "HJ 212-2017 6.3.1 表2";
    internal const string Segment = "HJ 212-2017 6.3.2 表3";
    internal const string Area = "HJ 212-2017 6.3.3";
    internal const string Dictionary = "HJ 212-2017 表4";
    internal const string Systems = "HJ 212-2017 表5";
    internal const string CheckValue = "HJ 212-2017 附录A";

    /// <summary>All violations, in the order of their rules; empty when the standard allows the frame.</summary>
    /// <param name="cut">A frame that was accepted, or refused: then the refusal is the only violation.</param>
    public static IReadOnlyList<Violation> Of(in FrameCut cut)
    {
        var reading = FrameDecoder.Decode(cut);
        if (reading.Frame is null) return [new(reading.At, reading.Why!, Packet)];
        var found = new List<Violation>();
        PacketRules(cut, found);
        var frame = cut.Frame.ToArray();
        if (SegmentHeader.TryParse(frame.AsSpan(cut.SegmentStart, cut.SegmentLength), out var header, out _))
        {
            StrictHeader.Check(frame, header, found);
            StrictArea.Check(frame, header, found);
            StrictCommand.Check(frame, header, found);
        }
        return found;
    }

    /// <summary>The violations a message would have as a frame: what to ask before a request is sent, since writing does not judge ranges and codes.</summary>
    /// <exception cref="ArgumentException">The message cannot be written at all; see <see cref="MessageWriter"/>.</exception>
    public static IReadOnlyList<Violation> Of(Message message)
    {
        var frame = new ReadOnlySequence<byte>(MessageWriter.ToBytes(message));
        FrameCutter.TryCut(ref frame, out var cut, LineState.Ended);
        return Of(cut);
    }

    private static void PacketRules(in FrameCut cut, List<Violation> found)
    {
        var crc = cut.SegmentStart + cut.SegmentLength;
        foreach (var (note, offset, clause) in new[]
        {
            (FrameNotes.LengthWrong, 2, Packet), (FrameNotes.LongSegment, 2, Packet),
            (FrameNotes.ModbusCrc, crc, CheckValue), (FrameNotes.SwappedModbusCrc, crc, CheckValue), (FrameNotes.ShortCrc, crc, Packet),
            (FrameNotes.MissingCrLf, (int)cut.Frame.Length, Packet),
        })
            if ((cut.Notes & note) != 0) found.Add(new(offset, note.ToString(), clause));
    }
}
