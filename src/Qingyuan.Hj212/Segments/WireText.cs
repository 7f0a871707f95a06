using System.Text;

namespace Qingyuan.Hj212.Segments;

/// <summary>Texts and numbers as they stand on the wire.</summary>
public static class WireText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>The bytes as text: UTF-8 where they are that, else GB18030, which many loggers send against the standard.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, out _);

    /// <summary>As <see cref="Decode(ReadOnlySpan{byte})"/>; <paramref name="gbk"/> tells whether the text had to be read as GB18030.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, out bool gbk)
    {
        gbk = false;
        if (bytes.Length is > 0 and <= ShortTexts.Longest && ShortTexts.Of(bytes) is { } known) return known;
        gbk = !System.Text.Unicode.Utf8.IsValid(bytes);
        return (gbk ? Gb18030 : Utf8).GetString(bytes);
    }

    /// <summary>A decimal number of one to nine digits, or -1.</summary>
    internal static int Number(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is 0 or > 9) return -1;
        var value = 0;
        foreach (var octet in digits)
        {
            var digit = octet - '0';
            if ((uint)digit > 9) return -1;
            value = (value * 10) + digit;
        }
        return value;
    }

    /// <summary>Without blanks in front and behind.</summary>
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> name)
    {
        name = TrimStart(name);
        while (!name.IsEmpty && IsBlank(name[^1])) name = name[..^1];
        return name;
    }

    /// <summary>Without blanks in front.</summary>
    internal static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> name)
    {
        while (!name.IsEmpty && IsBlank(name[0])) name = name[1..];
        return name;
    }

    private static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
