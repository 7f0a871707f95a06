using System.Globalization;

namespace Qingyuan.Platform.Analysis.Export;

/// <summary>A cell of a csv file.</summary>
internal static class CsvCell
{
    // A cell that begins like a formula would be one in a spreadsheet.
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var safe = text[0] is '=' or '+' or '@' or '\t' || (text[0] is '-' && !double.TryParse(text, CultureInfo.InvariantCulture, out _)) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(',', '"', '\n') || safe.Contains('\r', StringComparison.Ordinal) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
