using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>Header fields against table 3. The order is not demanded of 2005, whose table and examples place PNUM and PNO differently.</summary>
internal static class StrictHeader
{
    /// <summary>Four digits. (The one source that quotes 2025 gives it one, which would forbid more than nine parts: not demanded.)</summary>
    private const int MostParts = 9999;

    public static void Check(ReadOnlySpan<byte> frame, in SegmentHeader header, List<Violation> found)
    {
        var start = Offset(frame, header.Cn);
        foreach (var note in Enum.GetValues<HeaderNotes>())
            if (note != HeaderNotes.None && (header.Notes & note) != 0 && !(note == HeaderNotes.Order && header.Edition == Edition.V2005)) found.Add(new(start, note.ToString(), StrictCheck.Segment));

        var modern = header.Edition != Edition.V2005;
        Field(found, "Cn", start, header.Cn is [>= (byte)'0' and <= (byte)'9', _, _, _] && header.Command > 0);
        Field(found, "St", Offset(frame, header.St, start), header.St.Length == 2 && All(header.St, IsUpper));
        if (modern || !header.Qn.IsEmpty) Field(found, "Qn", Offset(frame, header.Qn, start), header.Qn.Length == 17 && WireTime.TryParse(header.Qn, out _));
        if (modern || !header.Pw.IsEmpty) Field(found, "Pw", Offset(frame, header.Pw, start), header.Pw.Length == 6 && All(header.Pw, IsLetterOrDigit));
        if (modern) Field(found, "Mn", Offset(frame, header.Mn, start), header.Mn.Length == 24 && All(header.Mn, IsHex));
        else if (!header.Mn.IsEmpty) Field(found, "Mn", Offset(frame, header.Mn, start), header.Mn.Length == 14);
        if (modern) Field(found, "Split", start, header.IsSplit == (header.Pnum is not null) && header.IsSplit == (header.Pno is not null));
        Field(found, "StRange", Offset(frame, header.St, start), header.St.Length != 2 || header.St[0] is not ((byte)'0' or (byte)'7' or (byte)'8' or (byte)'9') || (header.St[0] == '9' && header.St[1] != '0'));
        Field(found, "FlagVersion", start, header.Flag is null or < 12);
        Field(found, "PnumFormat", start, header.Pnum is null or <= MostParts);
        Field(found, "Rf", start, header.Rf is null || (header.Rf == 1 && header.Edition == Edition.V2025));
        if (header is { Pnum: { } total, Pno: { } number }) Field(found, "Pno", start, number >= 1 && number <= total);
    }

    /// <summary>Where a part of the frame stands in it.</summary>
    public static int Offset(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> part, int otherwise = 0) => frame.Overlaps(part, out var offset) ? offset : otherwise;

    private static void Field(List<Violation> found, string name, int offset, bool right)
    {
        if (!right) found.Add(new(offset, Rule(name), name == "StRange" ? StrictCheck.Systems : StrictCheck.Segment));
    }

    private static string Rule(string name) => name is "StRange" or "FlagVersion" or "PnumFormat" ? name : name + "Format";

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
