namespace Qingyuan.Hj212.Segments;

/// <summary>Groups a data area by factor: each reported quantity together with its factor's mark and sampling time.</summary>
public static class FactorValues
{
    /// <summary>Appends the area's values to <paramref name="into"/>, in wire order, duplicates kept.</summary>
    /// <remarks>
    /// A mark or sampling time belongs to the values of the same code that have none yet, whether it stands before or behind them. Plain names
    /// (DataTime, PolId) and what describes rather than measures (EFlag, Info, SN, CompleteTime, SampleType) are left out.
    /// </remarks>
    public static void Read(ReadOnlySpan<byte> area, ICollection<FactorValue> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var draft = into is List<FactorValue> { Count: 0 } empty ? empty : new List<FactorValue>(32);
        var attributes = new List<Attribute>(8);
        foreach (var item in new DataAreaReader(area))
        {
            if (item.Code.IsEmpty || IsDescription(item.Suffix)) continue;
            var factor = Names.Factor(item.Code);
            if (item.Suffix.SequenceEqual("Flag"u8)) attributes.Add(new(factor, WireText.Decode(item.Value), null, draft.Count));
            else if (item.Suffix.SequenceEqual("SampleTime"u8)) attributes.Add(new(factor, null, Time(item.Value), draft.Count));
            else draft.Add(new(factor, Names.Quantity(item.Suffix), WireText.Decode(item.Value), null, null));
        }
        foreach (var attribute in attributes) attribute.Apply(draft);
        if (ReferenceEquals(draft, into)) return;
        foreach (var value in draft) into.Add(value);
    }

    private static DateTime? Time(ReadOnlySpan<byte> digits) => WireTime.TryParse(digits, out var time) ? time : null;

    private static bool IsDescription(ReadOnlySpan<byte> suffix) =>
        suffix.SequenceEqual("EFlag"u8) || suffix.SequenceEqual("Info"u8) || suffix.SequenceEqual("SN"u8)
        || suffix.SequenceEqual("CompleteTime"u8) || suffix.SequenceEqual("SampleType"u8);

    /// <summary>A mark or a sampling time, and how many values stood before it.</summary>
    private readonly record struct Attribute(string Factor, string? Flag, DateTime? SampleTime, int Before)
    {
        public void Apply(List<FactorValue> values)
        {
            // Behind its values is the standard's place for a mark; only if none stood there, look ahead.
            if (!Fill(values, 0, Before)) Fill(values, Before, values.Count);
        }

        private bool Fill(List<FactorValue> values, int from, int to)
        {
            var filled = false;
            for (var at = from; at < to; at++)
            {
                var value = values[at];
                if (value.Factor != Factor) continue;
                if (Flag is not null && value.Flag is null) values[at] = value with { Flag = Flag };
                else if (SampleTime is not null && value.SampleTime is null) values[at] = value with { SampleTime = SampleTime };
                else continue;
                filled = true;
            }
            return filled;
        }
    }
}
