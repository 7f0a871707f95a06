using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Host.Commands;

/// <summary>Rows of a spreadsheet as JSON: <c>station</c>, and <c>cells</c> with the cell each of its members stands in.</summary>
internal static class StationTable
{
    /// <exception cref="WrongUseException">The file has no rows, is of another kind, or a cell cannot be read; names the cell.</exception>
    public static JsonArray Read(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            return Read(TableFile.Read(stream, file.Name, new()), file.Name);
        }
        catch (TableException error)
        {
            throw new WrongUseException($"{file.Name}: {Said(error)}");
        }
    }

    private static string Said(TableException error) => error.Refusal.Code switch
    {
        "table.unknown-kind" => "expected .xlsx or .csv",
        "table.encoding-unknown" => "neither UTF-8 nor GB18030",
        _ => "not a spreadsheet: " + error.Message,
    };

    private static JsonArray Read(IEnumerable<TableRow> table, string file)
    {
        Dictionary<string, string>? members = null;
        var rows = new JsonArray();
        foreach (var row in table)
        {
            var cells = row.Cells.Select((cell, column) => (Column: TableCell.ColumnName(column), Text: Text(cell, $"{file}: {TableCell.ColumnName(column)}{row.Number}"))).Where(cell => cell.Text.Length > 0).ToArray();
            if (cells.Length is 0) continue;
            if (members is null) members = Header(cells, row.Number, file);
            else rows.Add(Row(cells, members, row.Number, file));
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

    private static string Text(TableCell cell, string place) => cell.IsRounded
        ? throw new WrongUseException($"{place}: a number of more than 15 digits, of which the spreadsheet kept only 15; format the column as text")
        : cell.Text;
}
