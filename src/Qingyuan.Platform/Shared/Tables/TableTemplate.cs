using System.Text;
using MiniExcelLibs;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>Empty files with the Chinese headings, to be filled.</summary>
internal static class TableTemplate
{
    /// <param name="columns">Of the file.</param>
    /// <param name="format">csv or xlsx.</param>
    /// <param name="hint">What a column holds, in Chinese.</param>
    /// <returns>Null when there are no columns or the format is neither.</returns>
    public static byte[]? Write(IReadOnlyList<TableColumn> columns, string format, Func<TableColumn, string> hint)
    {
        if (columns.Count is 0) return null;
        var headings = columns.Select(column => column.Headings[0]).ToArray();
        return format switch
        {
            // With the mark that tells spreadsheets it is UTF-8.
            "csv" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(CsvText.Line(headings) + "\r\n")],
            "xlsx" => Sheets(headings, columns, hint),
            _ => null,
        };
    }

    private static byte[] Sheets(string[] headings, IReadOnlyList<TableColumn> columns, Func<TableColumn, string> hint)
    {
        using var file = new MemoryStream();
        var sheets = new Dictionary<string, object>
        {
            ["数据"] = new[] { headings.ToDictionary(heading => heading, object? (_) => null) },
            ["填写说明"] = columns.Select(column => new Dictionary<string, object?>
            {
                ["列"] = column.Headings[0], ["英文列名"] = column.Headings[1], ["必填"] = column.IsRequired ? "是" : "否", ["说明"] = hint(column),
            }),
        };
        file.SaveAs(sheets);
        return file.ToArray();
    }
}
