using System.Globalization;
using System.Text;

namespace Qingyuan.Console.Stations.Frames;

/// <summary>Bytes for the eye. What is not printable ASCII shows as a sign, never as nothing.</summary>
internal static class FrameText
{
    private const int Row = 16;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var one in bytes)
            text.Append(one switch { (byte)'\r' => "\\r", (byte)'\n' => "\\n", _ => Sign(one).ToString() });
        return text.ToString();
    }

    /// <summary>Offset, sixteen bytes, their characters: one row a line.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 4);
        for (var at = 0; at < bytes.Length; at += Row)
        {
            var row = bytes[at..Math.Min(at + Row, bytes.Length)];
            text.Append(CultureInfo.InvariantCulture, $"{at:x4}  ");
            foreach (var one in row) text.Append(CultureInfo.InvariantCulture, $"{one:x2} ");
            text.Append(' ', (Row - row.Length) * 3).Append(' ');
            foreach (var one in row) text.Append(Sign(one));
            text.Append('\n');
        }
        return text.ToString();
    }

    private static char Sign(byte one) => one is >= 0x20 and < 0x7F ? (char)one : '·';

    /// <summary>The DataTime that stands in the text, only to find the stored values by; null when there is none to read.</summary>
    public static DateTime? DataTime(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("DataTime="u8);
        if (at < 0) return null;
        var digits = bytes[(at + 9)..];
        var text = Encoding.ASCII.GetString(digits[..Math.Min(14, digits.Length)]);
        return DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }
}
