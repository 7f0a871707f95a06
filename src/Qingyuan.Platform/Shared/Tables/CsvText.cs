using System.Globalization;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>Cells of csv files that we write.</summary>
internal static class CsvText
{
    /// <summary>A line without its end.</summary>
    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell));

    // A cell that begins like a formula would be one in a spreadsheet; a number with its sign is none.
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var safe = text[0] is '=' or '@' or '\t' || (text[0] is '-' or '+' && !double.TryParse(text, CultureInfo.InvariantCulture, out _)) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(',', '"', '\n') || safe.Contains('\r', StringComparison.Ordinal) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
