using System.Text;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>What a text file is written in: its mark says so; without one UTF-8 where all of it is that, else GB18030, of which GBK and GB 2312 are parts.</summary>
internal static class CsvEncoding
{
    /// <exception cref="TableException">Neither.</exception>
    public static Encoding Of(Stream file)
    {
        Span<byte> head = stackalloc byte[3];
        file.Position = 0;
        var read = file.ReadAtLeast(head, 3, throwOnEndOfStream: false);
        if (read is 3 && head is [0xEF, 0xBB, 0xBF]) return IsAll(file, Strict("utf-8")) ? Encoding.UTF8 : throw new TableException("table.encoding-unknown");
        if (read >= 2 && head[..2] is [0xFF, 0xFE]) return Encoding.Unicode;
        if (read >= 2 && head[..2] is [0xFE, 0xFF]) return Encoding.BigEndianUnicode;
        if (IsAll(file, Strict("utf-8"))) return Encoding.UTF8;
        var chinese = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        return IsAll(file, chinese) ? chinese : throw new TableException("table.encoding-unknown");
    }

    private static Encoding Strict(string name) => Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static bool IsAll(Stream file, Encoding encoding)
    {
        file.Position = 0;
        var (decoder, bytes, letters) = (encoding.GetDecoder(), new byte[64 * 1024], new char[64 * 1024 + 16]);
        try
        {
            while (true)
            {
                var read = file.Read(bytes);
                decoder.GetChars(bytes.AsSpan(0, read), letters, flush: read is 0);
                if (read is 0) return true;
            }
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
