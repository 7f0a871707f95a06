using System.Text;
using Qingyuan.Platform.Shared.Tables;
using static Qingyuan.Platform.Tests.Shared.Workbook;

namespace Qingyuan.Platform.Tests.Shared;

/// <summary>What people save from spreadsheets, and what somebody might send instead.</summary>
public class TableFileTests
{
    private static readonly Encoding Chinese = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static TheoryData<string, byte[]> Encodings() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes("站点,值\r\n一号,1.50\r\n") },
        { "UTF-8 with its mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("站点,值\r\n一号,1.50\r\n")] },
        { "GBK", Chinese.GetBytes("站点,值\r\n一号,1.50\r\n") },
        { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("站点\t值\r\n一号\t1.50\r\n")] },
        { "semicolons", Encoding.UTF8.GetBytes("站点;值\n一号;1.50") },
        { "tabs", Encoding.UTF8.GetBytes("站点\t值\n一号\t1.50\n") },
        { "quotation marks", Encoding.UTF8.GetBytes("\"站点\",\"值\"\n\"一号\", \"1.50\"\n") },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_is_read_in_whatever_it_was_saved(string what, byte[] file)
    {
        Assert.NotEmpty(what);
        Assert.Equal(["1: 站点|值", "2: 一号|1.50"], Lines(file, "a.csv"));
    }

    [Fact]
    public void Quotation_marks_enclose_separators_line_breaks_and_themselves_and_rows_are_counted_as_lines() =>
        Assert.Equal(["1: a|b", "2: x, \"y\"|two\r\nlines", "4: ", "5: z|"], Lines("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\r\n\r\nz,\r\n"u8.ToArray(), "a.csv"));

    [Fact]
    public void A_sheet_gives_texts_numbers_dates_and_what_formulas_last_came_to_with_the_row_numbers_people_see()
    {
        var file = Of(
            $"""
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
            <row r="4"><c r="A4"><v>18.199999999999999</v></c><c r="B4" s="1"><v>46082.333333333336</v></c><c r="C4"><f>A4*2</f><v>36.4</v></c></row>
            <row r="5"><c r="A5"><v>1.0000000000000001E-5</v></c><c r="B5" s="2"><v>46082.347222222219</v></c>{Inline("C5", " text ")}</row>
            <row r="6"><c r="A6"><v>8888888880000001234</v></c><c r="B6" t="b"><v>1</v></c><c r="C6" t="e"><v>#N/A</v></c></row>
            """, ["站点", "值"]);

        var rows = Read(file, "a.xlsx").ToList();

        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(row => row.Number));
        Assert.Equal(["站点", "", "值"], rows[1].Cells.Select(cell => cell.Text));
        Assert.Equal(["18.2", "2026-03-01 08:00:00", "36.4"], rows[3].Cells.Select(cell => cell.Text));
        Assert.Equal(["0.00001", "2026-03-01 08:20:00", "text"], rows[4].Cells.Select(cell => cell.Text));
        Assert.Equal(new DateTime(2026, 3, 1, 8, 20, 0), rows[4].Cells[1].Date);
        Assert.True(rows[5].Cells[0].IsRounded);
        Assert.Equal("#N/A", rows[5].Cells[2].Text);
    }

    public static TheoryData<string, string, byte[]> Refused() => new()
    {
        { "table.unknown-kind", "a.pdf", "x"u8.ToArray() },
        { "table.not-xlsx", "a.xlsx", "station,value"u8.ToArray() },
        { "table.not-xlsx", "a.xlsx", "PK\x03\x04 not really"u8.ToArray() },
        { "table.not-xlsx", "a.xlsx", Of("<row r=\"1\"><c r=\"A1\"><v>1</row>") },
        { "table.old-spreadsheet", "a.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] },
        { "table.not-csv", "a.csv", [0x50, 0x4B, 0, 0, 1] },
        { "table.encoding-unknown", "a.csv", [0xEF, 0xBB, 0xBF, 0x61, 0xFF, 0xFF] },
        { "table.dates-of-1904", "a.xlsx", Of("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", workbookProperties: "<workbookPr date1904=\"1\"/>") },
        { "table.too-many-rows", "a.csv", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a,b\n", 7))) },
        { "table.too-many-rows", "a.xlsx", Of($"<row r=\"1\">{Inline("A1", "a")}</row><row r=\"1048576\">{Inline("A1048576", "b")}</row>") },
        { "table.too-wide", "a.csv", Encoding.ASCII.GetBytes(new string(',', 20) + "\n") },
        { "table.too-wide", "a.xlsx", Of($"<row r=\"1\">{Inline("A1", "a")}{Inline("XFD1", "b")}</row>") },
        { "table.cell-too-long", "a.csv", Encoding.ASCII.GetBytes("a,b\n\"" + new string('x', 2000)) },
        { "table.cell-too-long", "a.xlsx", Of($"<row r=\"1\">{Inline("A1", new string('x', 2000))}</row>") },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_such_table_or_too_much_of_one_is_refused_by_name(string code, string name, byte[] file) =>
        Assert.Equal(code, Assert.Throws<TableException>(() => Read(file, name).Count()).Refusal.Code);

    public static TheoryData<string, string, byte[]> Bombs() => new()
    {
        { "declared", "table.too-large", Of("", null, "", ("xl/media/a.bin", Bomb(40))) },
        { "declared as little", "table.not-xlsx", Lying(Of(string.Concat(Enumerable.Repeat(Inline("A1", "x"), 1 << 20))), "xl/worksheets/sheet1.xml") },
        { "one endless text", "table.not-xlsx", Of(Inline("A1", new string('x', 10 << 20))) },
        { "one endless attribute", "table.not-xlsx", Of($"<row a=\"{new string('x', 10 << 20)}\"/>") },
        { "endless depth", "table.not-xlsx", Of(string.Concat(Enumerable.Repeat("<a b=\"/>\">", 1 << 20))) },
        { "entities", "table.not-xlsx", Of("", null, "", ("xl/a.xml", stream => stream.Write("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>"u8))) },
        { "texts", "table.too-large", Of("", [.. Enumerable.Repeat(new string('y', 1000), 5000)]) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void What_would_fill_the_memory_is_refused_before_it_is_parsed(string what, string code, byte[] file)
    {
        Assert.NotEmpty(what);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<TableException>(() => Read(file, "a.xlsx").Count());
        Assert.Equal(code, refused.Refusal.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20, "It was held.");
    }

    private static IEnumerable<TableRow> Read(byte[] file, string name) =>
        TableFile.Read(new MemoryStream(file), name, new(Rows: 5, Columns: 10, CellLength: 1000, Unpacked: 32 << 20, SharedTexts: 4 << 20));

    private static IEnumerable<string> Lines(byte[] file, string name) => Read(file, name).Select(row => $"{row.Number}: {string.Join('|', row.Cells.Select(cell => cell.Text))}");
}
