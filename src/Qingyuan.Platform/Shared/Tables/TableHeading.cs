using System.Text;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>Which column of a file is which.</summary>
/// <param name="Places">Key of a column to its place in the file.</param>
/// <param name="Ignored">Headings nobody understands.</param>
internal sealed record TableHeading(IReadOnlyDictionary<string, int> Places, IReadOnlyList<string> Ignored)
{
    private const int MostIgnored = 20;

    public static Result<TableHeading> Read(TableRow row, IReadOnlyList<TableColumn> columns)
    {
        var known = columns.SelectMany(column => column.Headings.Append(column.Key).Select(text => (Text: Plain(text), column.Key))).DistinctBy(each => each.Text).ToDictionary(each => each.Text, each => each.Key, StringComparer.Ordinal);
        var (places, ignored) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        for (var place = 0; place < row.Cells.Count; place++)
        {
            var text = row.Cells[place].Text;
            if (text.Length is 0) continue;
            if (!known.TryGetValue(Plain(text), out var key)) ignored.Add(TableCell.Short(text.ReplaceLineEndings(" "), 60));
            else if (!places.TryAdd(key, place)) return new Refusal("import.column-twice", text, TableCell.ColumnName(places[key]), TableCell.ColumnName(place));
        }

        var missing = columns.Where(column => column.IsRequired && !places.ContainsKey(column.Key)).Select(column => column.Headings[0]).ToArray();
        return missing.Length is 0 ? new TableHeading(places, [.. ignored.Take(MostIgnored)]) : new Refusal("import.column-missing", string.Join("、", missing), row.Number);
    }

    public TableCell Cell(TableRow row, string key) => Places.TryGetValue(key, out var place) && place < row.Cells.Count ? row.Cells[place] : new("");

    /// <summary>A heading without case, blanks, stars, and what stands in brackets behind it.</summary>
    private static string Plain(string heading)
    {
        var plain = new StringBuilder(heading.Length);
        foreach (var letter in heading)
        {
            if (letter is '(' or '（' or '[' or '【') break;
            if (!char.IsWhiteSpace(letter) && letter is not ('*' or '_' or '-' or ':' or '：')) plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }
}
