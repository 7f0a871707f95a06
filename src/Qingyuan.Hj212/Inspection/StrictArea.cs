using System.Text.Unicode;
using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>The data area against its grammar (6.3.3) and the field dictionary (table 4, with the fields of 2005 and 2025).</summary>
internal static class StrictArea
{
    /// <summary>CP holds at most 950 characters (960 in 2005).</summary>
    private const int Longest = 950;

    private const int Longest2005 = 960;

    public static void Check(ReadOnlySpan<byte> frame, in SegmentHeader header, List<Violation> found)
    {
        var start = StrictHeader.Offset(frame, header.Area, frame.Length);
        if (header.Area.Length > (header.Edition == Edition.V2005 ? Longest2005 : Longest)) found.Add(new(start, "AreaTooLong", StrictCheck.Segment));
        if (!Utf8.IsValid(header.Area)) found.Add(new(start, FrameDecoder.GbkNote, StrictCheck.Packet));
        var length = 0;
        ReadOnlySpan<byte> code = default;
        foreach (var item in new DataAreaReader(header.Area))
        {
            length += item.Name.Length + item.Value.Length + (item.IsText ? 6 : 2); // name, =, value, one separator
            var offset = StrictHeader.Offset(frame, item.Name, start);
            // 2025 separates the results of a standard check with semicolons.
            if (!code.IsEmpty && !item.Code.IsEmpty && header.Edition != Edition.V2025 && item.StartsObject == item.Code.SequenceEqual(code))
                found.Add(new(offset, "ItemSeparator", StrictCheck.Area));
            Item(offset, item, header, found);
            code = item.Code;
        }
        // Blanks, empty items and a separator at the end take room that the items do not account for.
        if (header.Area.Length > 0 && length != header.Area.Length + 1) found.Add(new(start, "EmptyItem", StrictCheck.Area));
    }

    private static void Item(int offset, in DataItem item, in SegmentHeader header, List<Violation> found)
    {
        var name = WireText.Decode(item.Name);
        var field = FieldDictionary.Find(item.Suffix.IsEmpty ? name : "-" + WireText.Decode(item.Suffix), header.Edition);
        if (item.Name.Length == 0 || (item.Value.Length == 0 && !item.IsText)) found.Add(new(offset, "NoNameOrValue", StrictCheck.Area));
        else if (name == "Flag") found.Add(new(offset, "PlainFlag", StrictCheck.Dictionary));
        else if (field is null) found.Add(new(offset, "UnknownName", StrictCheck.Dictionary));
        else if (!field.Editions.Contains(header.Edition) && header.Edition == Edition.V2017) found.Add(new(offset, "OtherEdition", StrictCheck.Dictionary));
        else if (StrictValue.Fault(item, field, header.Edition) is { } rule) found.Add(new(offset, rule, field.Clause));
    }
}
