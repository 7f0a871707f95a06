namespace Qingyuan.Platform.Shared.Tables;

/// <summary>Rows of a csv or xlsx file, one after the other, without holding them.</summary>
public static class TableFile
{
    private const uint OldSpreadsheet = 0xE011CFD0; // .xls, and every encrypted .xlsx

    /// <param name="file">Seekable; the caller closes it.</param>
    /// <param name="name">Its ending says which of the two it is.</param>
    /// <param name="limits">How much is read.</param>
    /// <exception cref="TableException">While enumerating: <c>table.unknown-kind</c>, <c>table.not-xlsx</c>, <c>table.not-csv</c>, <c>table.encoding-unknown</c>, <c>table.too-large</c>, <c>table.too-many-rows</c>, <c>table.too-wide</c>, <c>table.cell-too-long</c>, <c>table.dates-of-1904</c>.</exception>
    public static IEnumerable<TableRow> Read(Stream file, string name, TableLimits limits)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(limits);
        var isXlsx = Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".XLSX" => true,
            ".CSV" or ".TXT" or ".TSV" => false,
            _ => throw new TableException("table.unknown-kind", name),
        };
        var first = 0;
        foreach (var row in isXlsx ? XlsxTable.Read(Checked(file), limits) : CsvTable.Read(file, limits))
        {
            if (first is 0 && !row.IsEmpty) first = row.Number;
            if (row.Number > limits.Rows + Math.Max(first, 1)) throw new TableException("table.too-many-rows", limits.Rows);
            if (row.Cells.Count > limits.Columns) throw new TableException("table.too-wide", row.Number, limits.Columns);
            foreach (var cell in row.Cells)
                if (cell.Text.Length > limits.CellLength) throw new TableException("table.cell-too-long", row.Number, limits.CellLength);
            yield return row;
        }
    }

    private static Stream Checked(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        file.Position = 0;
        var read = file.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (read is 4 && BitConverter.ToUInt32(head) is OldSpreadsheet) throw new TableException("table.old-spreadsheet");
        return read is 4 && head is [(byte)'P', (byte)'K', 3, 4] ? file : throw new TableException("table.not-xlsx", "no zip archive");
    }
}
