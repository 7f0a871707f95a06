namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>One factor in a data area, with all that is said about it.</summary>
/// <param name="Code">As sent: <c>w01018</c>, 2005's <c>011</c>, <c>Leq</c>, <c>SB1</c>.</param>
/// <param name="Quantities">What was measured, in wire order.</param>
public sealed record FactorReport(string Code, ValueList<Quantity> Quantities)
{
    /// <summary>数据标记; null when none was sent. See <see cref="Dictionaries.DataMarks"/>.</summary>
    public string? Flag { get; init; }

    /// <summary>EFlag: the maker's own mark.</summary>
    public string? ExtendedFlag { get; init; }

    /// <summary>SampleTime: when the sample was taken.</summary>
    public DateTime? SampleTime { get; init; }

    /// <summary>CompleteTime: when the analysis was complete (2025, raw periodic data).</summary>
    public DateTime? CompleteTime { get; init; }

    /// <summary>SampleType (2025, raw periodic data); its values were not found in a text.</summary>
    public string? SampleType { get; init; }

    /// <summary>The text of a quantity; null when it was not sent.</summary>
    /// <param name="kind">Such as <c>Avg</c>.</param>
    public string? Text(string kind)
    {
        foreach (var quantity in Quantities.Span)
            if (quantity.Kind == kind) return quantity.Text;
        return null;
    }

    internal void Write(ref SegmentWriter segment)
    {
        var first = true;
        segment.Item(Code, "SampleTime"u8, SampleTime, ref first);
        segment.Item(Code, "CompleteTime"u8, CompleteTime, ref first);
        segment.Item(Code, "SampleType"u8, SampleType, ref first);
        foreach (var quantity in Quantities.Span) segment.Item(Code, quantity.Kind, quantity.Text, ref first);
        segment.Item(Code, "Flag"u8, Flag, ref first);
        segment.Item(Code, "EFlag"u8, ExtendedFlag, ref first);
    }
}
