using System.Globalization;
using System.Text.Json.Nodes;
using MiniExcelLibs;

namespace Qingyuan.Host.Commands;

/// <summary>Rows of a spreadsheet as JSON objects, each with the number it has in the file.</summary>
internal static class StationTable
{
    /// <exception cref="WrongUseException">The file has no rows or is of another kind.</exception>
    public static JsonArray Read(FileInfo file)
    {
        var kind = file.Extension.ToUpperInvariant() switch
        {
            ".XLSX" => ExcelType.XLSX,
            ".CSV" => ExcelType.CSV,
            _ => throw new WrongUseException($"{file.Name}: expected .xlsx or .csv"),
        };
        using var stream = file.OpenRead();
        var rows = new JsonArray();
        var number = 1;
        foreach (IDictionary<string, object?> row in stream.Query(useHeaderRow: true, excelType: kind).Cast<IDictionary<string, object?>>())
        {
            number++;
            var cells = row.Select(cell => (Name: cell.Key.Trim(), Text: Convert.ToString(cell.Value, CultureInfo.InvariantCulture)?.Trim())).Where(cell => !string.IsNullOrEmpty(cell.Text)).ToArray();
            if (cells.Length is 0) continue;
            var json = new JsonObject { ["row"] = number };
            foreach (var (name, text) in cells) json[name] = text;
            rows.Add(json);
        }

        return rows.Count > 0 ? rows : throw new WrongUseException($"{file.Name}: no rows");
    }
}
