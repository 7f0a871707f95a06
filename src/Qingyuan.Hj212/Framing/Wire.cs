namespace Qingyuan.Hj212.Framing;

/// <summary>Sizes and small readings of the packet (HJ 212-2017 table 2).</summary>
internal static class Wire
{
    /// <summary><c>##</c> and four digits.</summary>
    public const int HeaderLength = 6;

    /// <summary>Four hexadecimal digits, CR and LF.</summary>
    public const int TrailerLength = 6;

    public const int CrcLength = 4;

    public static ReadOnlySpan<byte> Head => "##"u8;

    /// <summary>The four digits of the length, or -1.</summary>
    public static int Length(ReadOnlySpan<byte> four)
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = four[i] - '0';
            if ((uint)digit > 9) return -1;
            value = (value * 10) + digit;
        }
        return value;
    }

    /// <summary>Reads up to four hexadecimal digits; returns how many there were.</summary>
    public static int Hex(ReadOnlySpan<byte> at, out ushort value, out bool lowerCase)
    {
        var (count, sum) = (0, 0);
        lowerCase = false;
        for (; count < CrcLength && count < at.Length; count++)
        {
            var digit = HexDigit(at[count]);
            if (digit < 0) break;
            lowerCase |= at[count] >= 'a';
            sum = (sum << 4) | digit;
        }
        value = (ushort)sum;
        return count;
    }

    public static bool IsBlank(byte octet) => octet is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t';

    private static int HexDigit(byte octet) => octet switch
    {
        >= (byte)'0' and <= (byte)'9' => octet - '0',
        >= (byte)'A' and <= (byte)'F' => octet - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => octet - 'a' + 10,
        _ => -1,
    };
}
