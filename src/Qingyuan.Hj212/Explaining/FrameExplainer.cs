using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Explaining;

/// <summary>Takes one cut frame to pieces.</summary>
internal sealed class FrameExplainer(ReadOnlyMemory<byte> bytes, int at, FrameCut cut, CommandCatalogue catalogue)
{
    private readonly List<ExplainedPiece> _pieces = [];
    private readonly int _start = at;
    private int _at = at;

    private int End => _start + (int)cut.Frame.Length;

    public static ExplainedFrame Blank(ReadOnlySpan<byte> bytes, int from, int to)
    {
        var meaning = new Bilingual("包与包之间的空白", "Blanks between frames");
        return new(from, to - from, false, meaning, [new(PieceKind.Blank, from, to - from, RawText.Of(bytes[from..to]), meaning, StrictCheck.Packet, [])], null);
    }

    public ExplainedFrame Explain()
    {
        var segment = bytes.Span.Slice(_start + cut.SegmentStart, cut.SegmentLength);
        if (cut.SegmentLength == 0 || !SegmentHeader.TryParse(segment, out var header, out _))
        {
            Take(End, PieceKind.Rubbish, new("不能读作一个通讯包", "Cannot be read as a frame"), StrictCheck.Packet);
            return Frame(_pieces[0].Meaning, null);
        }

        Take(_start + 2, PieceKind.Head, new("包头", "Head of the packet"), StrictCheck.Packet);
        Take(_start + cut.SegmentStart, PieceKind.Length, new($"数据段长度，实际 {cut.SegmentLength} 字节", $"Length of the data segment; it has {cut.SegmentLength} bytes"), StrictCheck.Packet);
        var reading = SenderGuess.Read(header, catalogue);
        var words = new PieceWords(header.Edition, reading.Spec);
        Header(segment, header, words);
        Area(header, words);
        Trailer(segment);
        return Frame(words.Summary(header), cut.Why == FrameRejection.None ? reading.Message : null);
    }

    private void Header(ReadOnlySpan<byte> segment, in SegmentHeader header, PieceWords words)
    {
        var open = _start + cut.SegmentStart + segment.IndexOf("CP=&&"u8);
        var fields = bytes.Span[_at..open];
        var from = _at;
        Piece(new DataAreaReader(fields), from, open, PieceKind.HeaderField, words.Header, StrictCheck.Segment);
        Take(open + 5, PieceKind.AreaStart, new("指令参数（数据区）开始", "The data area begins"), StrictCheck.Segment);
    }

    private void Area(in SegmentHeader header, PieceWords words)
    {
        var end = _at + header.Area.Length;
        if (header.Area.IndexOfAnyInRange((byte)0, (byte)8) >= 0) Take(end, PieceKind.Opaque, PieceWords.Sentence("Encrypted"), StrictCheck.Area);
        else Piece(new DataAreaReader(bytes.Span[_at..end]), _at, end, PieceKind.Item, words.Item, null);
        Take(_start + cut.SegmentStart + cut.SegmentLength, PieceKind.AreaEnd, new("数据区结束", "The data area ends"), StrictCheck.Segment);
    }

    /// <summary>Items reach to the next one, so that separators belong to what they follow.</summary>
    private void Piece(DataAreaReader items, int from, int end, PieceKind kind, ItemWords words, string? clause)
    {
        var region = bytes.Span[from..end];
        (Bilingual Meaning, string Clause)? open = null;
        foreach (var item in items)
        {
            var at = from + StrictHeader.Offset(region, item.Name.IsEmpty ? item.Value : item.Name);
            if (open is { } before) Take(at, kind, before.Meaning, before.Clause);
            var (meaning, defined) = words(item);
            open = (meaning, clause ?? defined);
        }
        var last = open ?? (new("空", "Nothing"), StrictCheck.Area);
        Take(end, kind, last.Meaning, last.Clause);
    }

    private void Trailer(ReadOnlySpan<byte> segment)
    {
        var digits = Wire.Hex(bytes.Span[_at..End], out _, out _);
        var right = Crc16.Compute(segment);
        var meaning = right == cut.ReceivedCrc
            ? new Bilingual("CRC 校验码，与数据段相符", "Check value, right for the segment")
            : new Bilingual($"CRC 校验码，按标准应为 {right:X4}", $"Check value; by the standard it is {right:X4}");
        Take(_at + digits, PieceKind.CheckValue, meaning, StrictCheck.CheckValue);
        Take(End, PieceKind.Tail, new("包尾（回车换行）", "Tail (CR LF)"), StrictCheck.Packet);
    }

    private void Take(int end, PieceKind kind, Bilingual meaning, string clause)
    {
        if (end <= _at) return;
        _pieces.Add(new(kind, _at, end - _at, RawText.Of(bytes.Span[_at..end]), meaning, clause, []));
        _at = end;
    }

    private ExplainedFrame Frame(Bilingual summary, Message? message)
    {
        var violations = StrictCheck.Of(cut);
        for (var number = 0; number < _pieces.Count; number++)
        {
            var piece = _pieces[number];
            var isLast = number == _pieces.Count - 1;
            var faults = violations.Where(one => one.Offset + _start >= piece.Offset && (isLast || one.Offset + _start < piece.Offset + piece.Length));
            _pieces[number] = piece with { Faults = [.. faults.Select(one => new Fault(one.Rule, PieceWords.Sentence(one.Rule), one.Clause))] };
        }
        return new(_start, End - _start, cut.Why == FrameRejection.None, summary, _pieces, message);
    }
}
