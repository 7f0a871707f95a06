namespace Qingyuan.Platform.Shared.Tables;

/// <summary>One row of a table file.</summary>
/// <param name="Number">As a spreadsheet counts it: the first line is 1, empty ones count.</param>
/// <param name="Cells">From column A on; empty ones at the end may be left out.</param>
public sealed record TableRow(int Number, IReadOnlyList<TableCell> Cells)
{
    public bool IsEmpty => Cells.All(cell => cell.Text.Length is 0);
}

/// <summary>One cell. A formula is what it last came to.</summary>
/// <param name="Text">As a person reads it, without blanks around it; a number with its shortest digits.</param>
/// <param name="Date">The moment, when the spreadsheet holds one.</param>
/// <param name="IsRounded">A number of more than 15 digits, of which a spreadsheet keeps only 15.</param>
public readonly record struct TableCell(string Text, DateTime? Date = null, bool IsRounded = false)
{
    /// <summary>A for 0, AA for 26.</summary>
    public static string ColumnName(int column) => column < 26 ? ((char)('A' + column)).ToString() : ColumnName((column / 26) - 1) + (char)('A' + (column % 26));

    /// <summary>The beginning of a text, never half a character.</summary>
    public static string Short(string text, int longest = 100)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "…";
    }
}
