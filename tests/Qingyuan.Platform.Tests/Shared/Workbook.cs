using System.IO.Compression;
using System.Text;

namespace Qingyuan.Platform.Tests.Shared;

/// <summary>A spreadsheet written part by part, so that it can hold what libraries would not write.</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <param name="rows">Whole <c>row</c> elements; style 1 is a date with a time, style 2 a Chinese date.</param>
    /// <param name="texts">Shared texts.</param>
    /// <param name="workbookProperties">Inside the workbook, before its sheets.</param>
    /// <param name="more">Further parts by name.</param>
    public static byte[] Of(string rows, string[]? texts = null, string workbookProperties = "", params (string Name, Action<Stream> Write)[] more)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>""");
            Add(zip, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{workbookProperties}<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""");
            Add(zip, "xl/styles.xml", $"""<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\ h:mm"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="176" applyNumberFormat="1"/></cellXfs></styleSheet>""");
            Add(zip, "xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{string.Concat((texts ?? []).Select(text => $"<si><t>{text}</t></si>"))}</sst>""");
            Add(zip, "xl/worksheets/sheet1.xml", $"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""");
            foreach (var (name, write) in more)
            {
                using var part = zip.CreateEntry(name).Open();
                write(part);
            }
        }

        return file.ToArray();
    }

    public static string Inline(string place, string text) => $"""<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>""";

    /// <summary>Writes <paramref name="megabytes"/> of one letter.</summary>
    public static Action<Stream> Bomb(int megabytes) => stream =>
    {
        var piece = Encoding.ASCII.GetBytes(new string('a', 1 << 20));
        for (var at = 0; at < megabytes; at++) stream.Write(piece);
    };

    /// <summary>The same file, whose directory says that a part unpacks to next to nothing.</summary>
    public static byte[] Lying(byte[] file, string part)
    {
        var copy = file.ToArray();
        var name = Encoding.ASCII.GetBytes(part);
        for (var at = 0; at + 46 + name.Length <= copy.Length; at++)
            if (copy.AsSpan(at).StartsWith("PK\x01\x02"u8) && copy.AsSpan(at + 46).StartsWith(name)) BitConverter.TryWriteBytes(copy.AsSpan(at + 24), 100u);
        return copy;
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
