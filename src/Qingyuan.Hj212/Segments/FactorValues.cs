using System.Runtime.InteropServices;

namespace Qingyuan.Hj212.Segments;

/// <summary>Groups a data area by factor: each reported quantity together with its factor's mark and sampling time.</summary>
public static class FactorValues
{
    // Reused, because history comes in floods; empty between two calls.
    [ThreadStatic]
    private static List<Attribute>? _attributes;

    /// <summary>Appends the area's values to <paramref name="into"/>, in wire order, duplicates kept.</summary>
    /// <remarks>
    /// A mark or sampling time belongs to the values of the same code that have none yet, whether it stands before or behind them. Plain names
    /// (DataTime, PolId) and what describes rather than measures (EFlag, Info, SN, CompleteTime, SampleType) are left out.
    /// </remarks>
    /// <returns>How many items are in none of the values: what was left out, and marks and times without a value of their factor to go to.</returns>
    public static int Read(ReadOnlySpan<byte> area, ICollection<FactorValue> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var draft = into is List<FactorValue> { Count: 0 } empty ? empty : new List<FactorValue>(32);
        var attributes = _attributes ??= new(8);
        var (leftOut, factor) = (0, "");
        ReadOnlySpan<byte> code = default;
        foreach (var item in new DataAreaReader(area))
        {
            if (item.Code.IsEmpty || IsDescription(item.Suffix))
            {
                leftOut++;
                continue;
            }

            if (!item.Code.SequenceEqual(code)) factor = WireText.Decode(code = item.Code);
            if (item.Suffix.SequenceEqual("Flag"u8)) attributes.Add(new(factor, WireText.Decode(item.Value), null, draft.Count));
            else if (item.Suffix.SequenceEqual("SampleTime"u8)) attributes.Add(new(factor, null, Time(item.Value), draft.Count));
            else draft.Add(new(factor, WireText.Decode(item.Suffix), WireText.Decode(item.Value), null, null));
        }

        leftOut += Apply(CollectionsMarshal.AsSpan(attributes), CollectionsMarshal.AsSpan(draft));
        attributes.Clear();
        if (ReferenceEquals(draft, into)) return leftOut;
        foreach (var value in draft) into.Add(value);
        return leftOut;
    }

    /// <summary>Values in front that have their mark (or time) already are not looked at again, so the usual frame costs one pass.</summary>
    /// <returns>How many found no value to go to.</returns>
    private static int Apply(ReadOnlySpan<Attribute> attributes, Span<FactorValue> values)
    {
        var (marked, timed, homeless) = (0, 0, 0);
        foreach (ref readonly var attribute in attributes)
        {
            if (attribute.Flag is not null)
                while (marked < values.Length && values[marked].Flag is not null) marked++;
            else
                while (timed < values.Length && values[timed].SampleTime is not null) timed++;
            if (!attribute.TryApply(values, attribute.Flag is not null ? marked : timed)) homeless++;
        }

        return homeless;
    }

    private static DateTime? Time(ReadOnlySpan<byte> digits) => WireTime.TryParse(digits, out var time) ? time : null;

    private static bool IsDescription(ReadOnlySpan<byte> suffix) => suffix.Length switch
    {
        2 => suffix.SequenceEqual("SN"u8),
        4 => suffix.SequenceEqual("Info"u8),
        5 => suffix.SequenceEqual("EFlag"u8),
        10 => suffix.SequenceEqual("SampleType"u8),
        12 => suffix.SequenceEqual("CompleteTime"u8),
        _ => false,
    };

    /// <summary>A mark or a sampling time, and how many values stood before it.</summary>
    private readonly record struct Attribute(string Factor, string? Flag, DateTime? SampleTime, int Before)
    {
        /// <param name="values">All values of the area.</param>
        /// <param name="from">Those before it have theirs.</param>
        public bool TryApply(Span<FactorValue> values, int from) =>
            // Behind its values is the standard's place for a mark; only if none stood there, look ahead.
            (from < Before && Fill(values[from..Before])) || Fill(values[Math.Max(from, Before)..]);

        private bool Fill(Span<FactorValue> values)
        {
            var filled = false;
            foreach (ref var value in values)
            {
                if (value.Factor != Factor) continue;
                if (Flag is not null && value.Flag is null) value = value with { Flag = Flag };
                else if (SampleTime is not null && value.SampleTime is null) value = value with { SampleTime = SampleTime };
                else continue;
                filled = true;
            }

            return filled;
        }
    }
}
