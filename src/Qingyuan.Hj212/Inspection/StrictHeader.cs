using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>Header fields against table 3.</summary>
internal static class StrictHeader
{
    public static void Check(ReadOnlySpan<byte> frame, in SegmentHeader header, List<Violation> found)
    {
        var start = Offset(frame, header.Cn);
        foreach (var note in Enum.GetValues<HeaderNotes>())
            if (note != HeaderNotes.None && (header.Notes & note) != 0) found.Add(new(start, note.ToString(), StrictCheck.Segment));

        var modern = header.Edition != Edition.V2005;
        Field(found, "Cn", start, header.Cn is [>= (byte)'0' and <= (byte)'9', _, _, _] && header.Command > 0);
        Field(found, "St", Offset(frame, header.St, start), header.St.Length == 2 && All(header.St, IsUpper));
        if (modern || !header.Qn.IsEmpty) Field(found, "Qn", Offset(frame, header.Qn, start), header.Qn.Length == 17 && WireTime.TryParse(header.Qn, out _));
        if (modern || !header.Pw.IsEmpty) Field(found, "Pw", Offset(frame, header.Pw, start), header.Pw.Length == 6 && All(header.Pw, IsLetterOrDigit));
        if (modern) Field(found, "Mn", Offset(frame, header.Mn, start), header.Mn.Length == 24 && All(header.Mn, IsHex));
        else if (!header.Mn.IsEmpty) Field(found, "Mn", Offset(frame, header.Mn, start), header.Mn.Length == 14);
        if (modern) Field(found, "Split", start, header.IsSplit == (header.Pnum is not null) && header.IsSplit == (header.Pno is not null));
        if (header is { Pnum: { } total, Pno: { } number }) Field(found, "Pno", start, number >= 1 && number <= total);
    }

    /// <summary>Where a part of the frame stands in it.</summary>
    public static int Offset(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> part, int otherwise = 0) => frame.Overlaps(part, out var offset) ? offset : otherwise;

    private static void Field(List<Violation> found, string name, int offset, bool right)
    {
        if (!right) found.Add(new(offset, name + "Format", StrictCheck.Segment));
    }

    private static bool All(ReadOnlySpan<byte> text, Func<byte, bool> allowed)
    {
        foreach (var octet in text)
            if (!allowed(octet)) return false;
        return true;
    }

    private static bool IsUpper(byte octet) => octet is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z');

    private static bool IsHex(byte octet) => octet is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'F');

    private static bool IsLetterOrDigit(byte octet) => IsUpper(octet) || octet is >= (byte)'a' and <= (byte)'z';
}
