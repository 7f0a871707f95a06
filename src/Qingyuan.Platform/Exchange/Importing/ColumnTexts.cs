using System.Globalization;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Cells that are kept as words.</summary>
internal static class ColumnTexts
{
    public const int Longest = 200;
    public const int LongestRemark = 1000;

    /// <summary>The text, null when the cell is empty or cannot be kept; then <paramref name="faults"/> says why.</summary>
    public static string? Read(TableCell cell, string column, int longest, RowFaults faults)
    {
        if (cell.Text.Length is 0) return null;
        if (cell.Text.Length > longest) faults.Add(column, "row.too-long", longest.ToString(CultureInfo.InvariantCulture));
        else if (InputText.Fault(cell.Text, longest) is not null) faults.Add(column, "row.control-character");
        else return cell.Text;
        return null;
    }
}
