using System.Text;
using MiniExcelLibs;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Empty files with the Chinese headings, to be filled.</summary>
internal static class Templates
{
    /// <summary>Null when there are no columns or the format is neither csv nor xlsx.</summary>
    public static byte[]? Write(IReadOnlyList<ImportColumn> columns, string format)
    {
        if (columns.Count is 0) return null;
        var headings = columns.Select(column => column.Headings[0]).ToArray();
        return format switch
        {
            // With the mark that tells spreadsheets it is UTF-8.
            "csv" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(CsvText.Line(headings) + "\r\n")],
            "xlsx" => Sheets(headings, columns),
            _ => null,
        };
    }

    private static byte[] Sheets(string[] headings, IReadOnlyList<ImportColumn> columns)
    {
        using var file = new MemoryStream();
        var sheets = new Dictionary<string, object>
        {
            ["数据"] = new[] { headings.ToDictionary(heading => heading, object? (_) => null) },
            ["填写说明"] = columns.Select(column => new Dictionary<string, object?>
            {
                ["列"] = column.Headings[0], ["英文列名"] = column.Headings[1], ["必填"] = column.IsRequired ? "是" : "否", ["说明"] = ExchangeTexts.ColumnHint(column.Key, System.Globalization.CultureInfo.GetCultureInfo("zh-CN")),
            }),
        };
        file.SaveAs(sheets);
        return file.ToArray();
    }
}
