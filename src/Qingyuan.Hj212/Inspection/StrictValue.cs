using System.Globalization;
using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Factors;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>A value against the format, range and codes of its field, and measured values against the format of their factor.</summary>
internal static class StrictValue
{
    /// <summary>The rule the value breaks; null when it keeps them all.</summary>
    public static string? Fault(in DataItem item, FieldDefinition field, Edition edition)
    {
        if (field.Confidence != Confidence.Confirmed) return null;
        if ((field.Format ?? FactorFormat(item, edition)) is { } format && !WireFormat.Fits(format, item.Value)) return format[0] == 'Y' ? "TimeFormat" : "ValueFormat";
        if (!IsInRange(item.Value, field)) return "ValueRange";
        // The list of marks of 2025 is not known whole.
        var known = field.Codes is null || (field.Codes == DataMarks.Table && edition == Edition.V2025) || field.Codes.Find(WireText.Decode(item.Value), edition) is not null;
        return known ? null : "UnknownCode";
    }

    /// <summary>Only what two sources agree on is demanded: rows of 2017. 2025 changed some formats, and 2005's were read once.</summary>
    private static string? FactorFormat(in DataItem item, Edition edition)
    {
        if (edition != Edition.V2017 || item.IsText || item.Suffix.SequenceEqual("Cou"u8)) return null;
        var row = FactorTable.TryGet(WireText.Decode(item.Code), out var factor) && factor.Edition == edition && factor.Confidence.StartsWith("CONFIRMED", StringComparison.Ordinal) ? factor : null;
        return row?.Format is ['C' or 'N', ..] format ? format : null;
    }

    private static bool IsInRange(ReadOnlySpan<byte> value, FieldDefinition field)
    {
        if (field is { Least: null, Most: null, OneOf: null }) return true;
        if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        return number >= (field.Least ?? number) && number <= (field.Most ?? number) && (field.OneOf is null || field.OneOf.Any(one => one == number));
    }
}
