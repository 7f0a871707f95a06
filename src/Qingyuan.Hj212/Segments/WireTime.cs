namespace Qingyuan.Hj212.Segments;

/// <summary>Times on the wire: the station's own wall clock, without a zone.</summary>
public static class WireTime
{
    // The first monitoring stations are younger, and nobody plans so far: what lies outside is a broken clock, and no arithmetic must meet it.
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    /// <summary>Reads <c>YYYYMMDDhhmmss</c> with or without <c>zzz</c> milliseconds, as in DataTime and QN. The result's kind is Unspecified.</summary>
    /// <returns>False for other lengths, for anything but digits, and for days and hours that do not exist or lie outside the years 1990 to 2100.</returns>
    public static bool TryParse(ReadOnlySpan<byte> digits, out DateTime time)
    {
        time = default;
        if (digits.Length is not (14 or 17)) return false;
        var day = WireText.Number(digits[..8]);
        var clock = WireText.Number(digits[8..14]);
        var milliseconds = digits.Length == 17 ? WireText.Number(digits[14..]) : 0;
        if (day < 0 || clock < 0 || milliseconds < 0) return false;
        var (year, month, date) = (day / 10000, day / 100 % 100, day % 100);
        var (hour, minute, second) = (clock / 10000, clock / 100 % 100, clock % 100);
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;
        time = new(year, month, date, hour, minute, second, milliseconds, DateTimeKind.Unspecified);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, milliseconds left out: times of the data area have none, though some loggers send them.</summary>
    internal static bool TryParseToSecond(ReadOnlySpan<byte> digits, out DateTime time) =>
        TryParse(digits, out time) && (digits.Length == 14 || TryParse(digits[..14], out time));

    /// <summary>Writes <c>YYYYMMDDhhmmss</c> into the first 14 bytes of <paramref name="digits"/>; parts of a second are dropped.</summary>
    public static void Write(DateTime time, Span<byte> digits)
    {
        Pair(digits, time.Year / 100);
        Pair(digits[2..], time.Year % 100);
        Pair(digits[4..], time.Month);
        Pair(digits[6..], time.Day);
        Pair(digits[8..], time.Hour);
        Pair(digits[10..], time.Minute);
        Pair(digits[12..], time.Second);
    }

    /// <summary>Writes <c>hhmmss</c> into the first 6 bytes of <paramref name="digits"/>.</summary>
    internal static void Write(TimeOnly time, Span<byte> digits)
    {
        Pair(digits, time.Hour);
        Pair(digits[2..], time.Minute);
        Pair(digits[4..], time.Second);
    }

    private static void Pair(Span<byte> digits, int value)
    {
        digits[1] = (byte)('0' + (value % 10));
        digits[0] = (byte)('0' + (value / 10));
    }
}
