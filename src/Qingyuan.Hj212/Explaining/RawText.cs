using System.Buffers;
using System.Globalization;
using System.Text;

namespace Qingyuan.Hj212.Explaining;

/// <summary>Bytes as a person can read them.</summary>
internal static class RawText
{
    /// <summary>UTF-8 where it is that, and every other byte, and control characters, as <c>\x0D</c>.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var whole = Rune.DecodeFromUtf8(bytes, out var rune, out var used) == OperationStatus.Done && !Rune.IsControl(rune);
            if (whole) text.Append(rune.ToString());
            else
                foreach (var octet in bytes[..used]) text.Append(CultureInfo.InvariantCulture, $"\\x{octet:X2}");
            bytes = bytes[used..];
        }
        return text.ToString();
    }
}
