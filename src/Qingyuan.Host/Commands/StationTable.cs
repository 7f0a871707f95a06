using System.Globalization;
using System.Text.Json.Nodes;
using MiniExcelLibs;

namespace Qingyuan.Host.Commands;

/// <summary>Rows of a spreadsheet as JSON: <c>station</c>, and <c>cells</c> with the cell each of its members stands in.</summary>
internal static class StationTable
{
    /// <summary>Beyond this a spreadsheet has already rounded the digits away.</summary>
    private const double MostExact = 1e15;

    /// <exception cref="WrongUseException">The file has no rows, is of another kind, or a cell cannot be read; names the cell.</exception>
    public static JsonArray Read(FileInfo file)
    {
        var kind = file.Extension.ToUpperInvariant() switch
        {
            ".XLSX" => ExcelType.XLSX,
            ".CSV" => ExcelType.CSV,
            _ => throw new WrongUseException($"{file.Name}: expected .xlsx or .csv"),
        };
        try
        {
            using var stream = file.OpenRead();
            return Read(stream.Query(useHeaderRow: false, excelType: kind).Cast<IDictionary<string, object?>>(), file.Name);
        }
        catch (Exception error) when (error is InvalidDataException or System.Xml.XmlException)
        {
            throw new WrongUseException($"{file.Name}: not a spreadsheet: {error.Message}");
        }
    }

    private static JsonArray Read(IEnumerable<IDictionary<string, object?>> table, string file)
    {
        Dictionary<string, string>? members = null;
        var rows = new JsonArray();
        var number = 0;
        foreach (var row in table)
        {
            number++;
            var cells = row.Select(cell => (Column: cell.Key, Text: Text(cell.Value, $"{file}: {cell.Key}{number}"))).Where(cell => cell.Text.Length > 0).ToArray();
            if (cells.Length is 0) continue;
            if (members is null) members = Header(cells, number, file);
            else rows.Add(Row(cells, members, number, file));
        }

        return rows.Count > 0 ? rows : throw new WrongUseException($"{file}: no rows");
    }

    private static Dictionary<string, string> Header((string Column, string Text)[] cells, int number, string file)
    {
        var twice = cells.GroupBy(cell => cell.Text, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? cells.ToDictionary(cell => cell.Column, cell => cell.Text) : throw new WrongUseException($"{file}: {twice.Last().Column}{number}: {twice.Key} stands there twice");
    }

    private static JsonObject Row((string Column, string Text)[] cells, Dictionary<string, string> members, int number, string file)
    {
        var (station, at) = (new JsonObject(), new JsonObject());
        foreach (var (column, text) in cells)
        {
            if (!members.TryGetValue(column, out var member)) throw new WrongUseException($"{file}: {column}{number}: the column has no name in the first row");
            (station[member], at[member]) = (text, column + number.ToString(CultureInfo.InvariantCulture));
        }

        return new() { ["row"] = number, ["station"] = station, ["cells"] = at };
    }

    private static string Text(object? value, string cell) => value is double number && Math.Abs(number) >= MostExact
        ? throw new WrongUseException($"{cell}: a number of more than 15 digits, of which the spreadsheet kept only 15; format the column as text")
        : Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? "";
}
