using System.Globalization;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>Formats of the standard: <c>C4</c> up to four characters, <c>N5</c> up to five digits, <c>N14.2</c> up to 14 digits and two decimals with a sign, a run of time letters for times.</summary>
/// <remarks>A width is the most, not a padding (HJ 212-2017 6.3.3).</remarks>
public static class WireFormat
{
    /// <summary>Whether a value is of a format. A format nobody can read fits everything.</summary>
    public static bool Fits(string format, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format[0] switch
        {
            'Y' => value.Length == format.Length && WireTime.TryParse(value, out _),
            'h' => IsTimeOfDay(value),
            'C' => int.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && value.Length <= most,
            'N' => IsNumber(format.AsSpan(1), value),
            _ => true,
        };
    }

    private static bool IsTimeOfDay(ReadOnlySpan<byte> value)
    {
        var digits = value.Length == 6 ? WireText.Number(value) : -1;
        return digits >= 0 && digits / 10000 < 24 && digits / 100 % 100 < 60 && digits % 100 < 60;
    }

    private static bool IsNumber(ReadOnlySpan<char> format, ReadOnlySpan<byte> value)
    {
        var dot = format.IndexOf('.');
        if (!int.TryParse(dot < 0 ? format : format[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return true;
        var decimals = dot < 0 ? 0 : int.Parse(format[(dot + 1)..], CultureInfo.InvariantCulture);
        if (value is [(byte)'-' or (byte)'+', ..]) value = value[1..];
        var point = value.IndexOf((byte)'.');
        var left = point < 0 ? value : value[..point];
        var right = point < 0 ? default : value[(point + 1)..];
        return left.Length > 0 && left.Length <= whole && (point < 0 || right.Length > 0) && right.Length <= decimals && AllDigits(left) && AllDigits(right);
    }

    private static bool AllDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
