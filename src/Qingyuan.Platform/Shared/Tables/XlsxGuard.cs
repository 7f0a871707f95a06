using System.IO.Compression;
using System.Text;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>Looks through an xlsx before it is parsed: what it unpacks to, declared and in truth, and whether its XML could fill the memory of a parser.</summary>
internal static class XlsxGuard
{
    private const int MostParts = 10_000;
    private const int LongestWorkbook = 4 << 20;

    public static void Check(Stream file, TableLimits limits)
    {
        file.Position = 0;
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            Check(archive, limits);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new TableException("table.not-xlsx", error.Message);
        }
    }

    private static void Check(ZipArchive archive, TableLimits limits)
    {
        if (archive.Entries.Count > MostParts) throw new TableException("table.too-large", limits.Unpacked >> 20);
        var workbook = archive.Entries.FirstOrDefault(part => part.FullName.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase)) ?? throw new TableException("table.not-xlsx", "no xl/workbook.xml");
        if (archive.Entries.Sum(part => part.Length) > limits.Unpacked) throw new TableException("table.too-large", limits.Unpacked >> 20);
        var left = limits.Unpacked;
        foreach (var part in archive.Entries)
        {
            var isTexts = part.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase);
            var isXml = part.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || part.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);
            // What a part declares is its own word: it is unpacked once, without being held, and counted.
            left -= Unpack(part, isTexts ? Math.Min(left, limits.SharedTexts) : left, isXml ? new XmlScan() : null, limits);
        }

        if (CountsFrom1904(workbook)) throw new TableException("table.dates-of-1904");
    }

    private static long Unpack(ZipArchiveEntry part, long most, XmlScan? scan, TableLimits limits)
    {
        using var stream = part.Open();
        var (bytes, sum) = (new byte[64 * 1024], 0L);
        for (var read = stream.Read(bytes); read > 0; read = stream.Read(bytes))
        {
            sum += read;
            if (sum > most) throw new TableException("table.too-large", limits.Unpacked >> 20);
            if (scan?.IsPlain(bytes.AsSpan(0, read)) is false) throw new TableException("table.not-xlsx", part.FullName);
        }

        return sum;
    }

    // Its serials mean days four years later, and the parser does not know.
    private static bool CountsFrom1904(ZipArchiveEntry workbook)
    {
        if (workbook.Length > LongestWorkbook) return false;
        using var reader = new StreamReader(workbook.Open(), Encoding.UTF8);
        var text = reader.ReadToEnd();
        return text.Contains("date1904=\"1\"", StringComparison.Ordinal) || text.Contains("date1904=\"true\"", StringComparison.Ordinal);
    }

    /// <summary>XML as spreadsheets write it: no document type, no comment or CDATA, no endless token, no endless nesting.</summary>
    private sealed class XmlScan
    {
        private const int Deepest = 64;
        private const int LongestToken = 256 * 1024;
        private bool _inTag;
        private byte _quote;
        private byte _before;
        private int _depth;
        private int _token;

        public bool IsPlain(ReadOnlySpan<byte> bytes)
        {
            foreach (var letter in bytes)
                if (!Take(letter)) return false;
            return true;
        }

        private bool Take(byte letter)
        {
            if (++_token > LongestToken) return false;
            if (_quote is not 0)
            {
                if (letter == _quote) _quote = 0;
            }
            else if (_inTag) TakeInTag(letter);
            else if (letter is (byte)'<') (_inTag, _token, _depth) = (true, 0, _depth + 1);
            var isDeclaration = _before is (byte)'<' && letter is (byte)'!';
            _before = letter;
            return _depth <= Deepest && !isDeclaration;
        }

        private void TakeInTag(byte letter)
        {
            if (letter is (byte)'"' or (byte)'\'') _quote = letter;
            else if (letter is (byte)'/' && _before is (byte)'<') _depth -= 2; // it closes one, and opened none itself
            else if (letter is (byte)'?' && _before is (byte)'<') _depth--;
            else if (letter is (byte)'>')
            {
                if (_before is (byte)'/') _depth--;
                (_inTag, _token) = (false, 0);
            }
        }
    }
}
