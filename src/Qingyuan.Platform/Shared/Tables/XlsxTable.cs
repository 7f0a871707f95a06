using System.Globalization;
using System.Xml;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>The first sheet of an xlsx file.</summary>
internal static class XlsxTable
{
    /// <summary>Beyond this a spreadsheet has already rounded the digits away.</summary>
    private const double MostExact = 1e15;

    public static IEnumerable<TableRow> Read(Stream file, TableLimits limits)
    {
        XlsxGuard.Check(file, limits);
        file.Position = 0;
        using var rows = Rows(file).GetEnumerator();
        var number = 0;
        while (Next(rows) is { } row)
            yield return new(++number, Cells(row, number, limits));
    }

    private static IEnumerable<IDictionary<string, object?>> Rows(Stream file) =>
        file.Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: new OpenXmlConfiguration { FillMergedCells = false, EnableSharedStringCache = true }).Cast<IDictionary<string, object?>>();

    /// <summary>Null at the end. Whatever the parser says of a file that is no spreadsheet becomes one refusal.</summary>
    private static IDictionary<string, object?>? Next(IEnumerator<IDictionary<string, object?>> rows)
    {
        try
        {
            return rows.MoveNext() ? rows.Current : null;
        }
        catch (Exception error) when (error is InvalidDataException or XmlException or FormatException or KeyNotFoundException or NullReferenceException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new TableException("table.not-xlsx", error.Message);
        }
    }

    private static List<TableCell> Cells(IDictionary<string, object?> row, int number, TableLimits limits)
    {
        if (row.Count > limits.Columns && row.Skip(limits.Columns).Any(cell => cell.Value is not null)) throw new TableException("table.too-wide", number, limits.Columns);
        var cells = row.Values.Take(limits.Columns).Select(Cell).ToList();
        while (cells is [.., { Text.Length: 0 }]) cells.RemoveAt(cells.Count - 1);
        return cells;
    }

    private static TableCell Cell(object? value) => value switch
    {
        null => new(""),
        DateTime date => new(date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), date),
        TimeSpan time => new(time.ToString("c", CultureInfo.InvariantCulture)),
        double number => new(Number(number), IsRounded: Math.Abs(number) >= MostExact),
        _ => new(Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? ""),
    };

    // Without an exponent, which nobody typed.
    private static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact.ToString(CultureInfo.InvariantCulture) : text;
    }
}
