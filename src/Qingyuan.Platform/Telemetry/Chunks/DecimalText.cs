using System.Globalization;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>
/// Decimal text as a mantissa of at most nine digits and a number of decimals, wherever that gives back the very same text.
/// Everything else (<c>007</c>, <c>-0</c>, <c>+1</c>, <c>.5</c>, empty, words, long numbers) is kept as text.
/// </summary>
internal static class DecimalText
{
    public const int MaximumDecimals = 9;
    public const int MaximumMantissa = 999_999_999;

    private static readonly int[] s_powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    public static bool TryParse(ReadOnlySpan<char> text, out int mantissa, out byte decimals)
    {
        (mantissa, decimals) = (0, 0);
        var negative = text is ['-', ..];
        var digits = negative ? text[1..] : text;
        if (digits.Length is 0 or > 11 || !char.IsAsciiDigit(digits[0]) || digits[^1] == '.') return false;
        if (digits[0] == '0' && digits.Length > 1 && digits[1] != '.') return false;

        long value = 0;
        var point = -1;
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] == '.' && point < 0) point = i;
            else if (char.IsAsciiDigit(digits[i])) value = (value * 10) + (digits[i] - '0');
            else return false;
        }

        var after = point < 0 ? 0 : digits.Length - point - 1;
        if (value > MaximumMantissa || after > MaximumDecimals || (negative && value == 0)) return false;
        (mantissa, decimals) = ((int)(negative ? -value : value), (byte)after);
        return true;
    }

    public static string Format(int mantissa, int decimals)
    {
        if (decimals == 0) return mantissa.ToString(CultureInfo.InvariantCulture);
        Span<char> text = stackalloc char[16];
        var (at, rest) = (text.Length, Math.Abs(mantissa));
        for (var digit = 0; digit <= decimals || rest > 0; digit++)
        {
            if (digit == decimals) text[--at] = '.';
            (rest, var last) = Math.DivRem(rest, 10);
            text[--at] = (char)('0' + last);
        }

        if (mantissa < 0) text[--at] = '-';
        return new(text[at..]);
    }

    /// <summary>The mantissa with more decimals; false when it would need more than nine digits.</summary>
    public static bool TryScale(int mantissa, int decimals, out int scaled)
    {
        var value = (long)mantissa * s_powers[decimals];
        scaled = (int)value;
        return Math.Abs(value) <= MaximumMantissa;
    }

    /// <summary>The reverse of <see cref="TryScale"/>.</summary>
    public static int Unscale(int scaled, int decimals) => scaled / s_powers[decimals];

    /// <summary>Decimals that are left when trailing zeros are cut off after the point, as some loggers do.</summary>
    public static int Trimmed(int mantissa, int decimals)
    {
        while (decimals > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            decimals--;
        }

        return decimals;
    }
}
