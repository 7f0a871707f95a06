using System.Text;

namespace Qingyuan.Console.Ingest;

/// <summary>Bytes from what a person pasted: a frame as text, several one a line, or bytes as hexadecimal digits.</summary>
internal static class PastedFrames
{
    public static byte[] Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Trim() is { Length: > 0 } digits && Hex(digits) is { } bytes) return bytes;
        // A browser's text field knows only line feeds; a frame ends with both.
        return Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
    }

    private static byte[]? Hex(string text)
    {
        var digits = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or ',')));
        return digits.Length % 2 is 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}
