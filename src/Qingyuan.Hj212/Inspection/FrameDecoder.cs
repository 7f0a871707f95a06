using System.Buffers;
using System.Globalization;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>Decodes a frame into texts, tolerantly, for people and scripts. It allocates; intake does not use it.</summary>
public static class FrameDecoder
{
    /// <summary>The note of texts that are not UTF-8 and were read as GB18030.</summary>
    public const string GbkNote = "Gbk";

    /// <summary>Decodes one stored frame: the bytes are all there are.</summary>
    public static FrameReading Decode(ReadOnlyMemory<byte> frame)
    {
        var buffer = new ReadOnlySequence<byte>(frame);
        return FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) == FrameStatus.Incomplete
            ? FrameReading.Refused(nameof(FrameRejection.NoHeader), 0)
            : Decode(cut);
    }

    /// <summary>Decodes what was cut off a stream.</summary>
    public static FrameReading Decode(in FrameCut cut)
    {
        if (cut.Why != FrameRejection.None) return FrameReading.Refused(cut.Why.ToString(), Place(cut));
        var segment = cut.Segment.ToArray();
        if (!SegmentHeader.TryParse(segment, out var header, out var why))
            return FrameReading.Refused(why.ToString(), cut.SegmentStart + (why == SegmentRejection.NoDataArea ? segment.Length : 0));

        var anyGbk = false;
        string? Text(ReadOnlySpan<byte> bytes)
        {
            var text = WireText.Decode(bytes, out var gbk);
            anyGbk |= gbk;
            return text.Length == 0 ? null : text;
        }
        var fields = new List<DecodedField>();
        foreach (var item in new DataAreaReader(header.Area))
        {
            var value = Text(item.Value) ?? "";
            fields.Add(new(Text(item.Name) ?? "", item.IsText ? $"//{value}//" : value, fields.Count == 0 ? null : item.StartsObject ? ';' : ','));
        }
        var decoded = new DecodedFrame(
            header.Edition, header.QnInArea ? null : Text(header.Qn), Text(header.St), Text(header.Cn)!, Text(header.Pw), Text(header.Mn),
            header.Flag, header.Pnum, header.Pno, header.Rf, cut.ReceivedCrc.ToString("X4", CultureInfo.InvariantCulture), fields, []);
        return new(decoded with { Notes = [.. Names(cut.Notes), .. Names(header.Notes), .. anyGbk ? [GbkNote] : Array.Empty<string>()] }, null, 0);
    }

    private static IEnumerable<string> Names<T>(T notes) where T : struct, Enum =>
        Enum.GetValues<T>().Where(note => Convert.ToInt32(note, CultureInfo.InvariantCulture) != 0 && notes.HasFlag(note)).Select(note => note.ToString());

    private static int Place(in FrameCut cut) => cut.Why switch
    {
        FrameRejection.NoHeader => 0,
        FrameRejection.CrcMismatch => cut.SegmentStart + cut.SegmentLength,
        FrameRejection.NoTail or FrameRejection.Truncated => (int)Math.Min(cut.Frame.Length, Wire.HeaderLength + NamedLength(cut)),
        _ => Wire.Head.Length,
    };

    private static int NamedLength(in FrameCut cut)
    {
        if (cut.Frame.Length < Wire.HeaderLength) return 0;
        Span<byte> digits = stackalloc byte[4];
        cut.Frame.Slice(Wire.Head.Length, 4).CopyTo(digits);
        return Math.Max(0, Wire.Length(digits));
    }
}
