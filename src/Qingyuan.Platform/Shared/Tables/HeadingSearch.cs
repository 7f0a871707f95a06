using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>Finds the heading beneath the titles that people like to have over a table.</summary>
internal sealed class HeadingSearch(IReadOnlyList<TableColumn> columns)
{
    private const int MostTitles = 5;
    private int _titles;

    /// <returns>Null while <paramref name="row"/> is a title: one cell alone.</returns>
    public Result<TableHeading>? Look(TableRow row) =>
        row.Cells.Count(cell => cell.Text.Length > 0) is 1 && ++_titles <= MostTitles ? (Result<TableHeading>?)null : TableHeading.Read(row, columns);
}
