using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>One piece of field information.</summary>
/// <param name="Code">Such as <c>i12001</c>; see <see cref="Dictionaries.InformationCodes"/>.</param>
/// <param name="Text">As sent; a log text without its slashes.</param>
/// <param name="IsLog">Whether it stands between <c>//</c> and <c>//</c>.</param>
public sealed record InformationItem(string Code, string Text, bool IsLog)
{
    internal static ValueList<InformationItem> Read(ref AreaFields area)
    {
        var items = new List<InformationItem>();
        foreach (var item in new DataAreaReader(area.Area))
            if (item.Suffix.SequenceEqual("Info"u8)) items.Add(new(WireText.Decode(item.Code), WireText.Decode(item.Value), item.IsText));
        if (items.Count == 0) area.Missing("-Info", 0);
        return [.. items];
    }

    internal void Write(ref SegmentWriter segment)
    {
        var first = true;
        if (IsLog) segment.Text(Code, "Info"u8, Text);
        else segment.Item(Code, "Info"u8, Text, ref first);
    }
}
