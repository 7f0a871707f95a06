using System.Text;

namespace Qingyuan.Platform.Shared.Tables;

/// <summary>Text files with separators: comma, semicolon or tab, whichever the first line has most; quotation marks may enclose any of them, and line breaks.</summary>
internal static class CsvTable
{
    private static readonly char[] Separators = [',', ';', '\t'];

    public static IEnumerable<TableRow> Read(Stream file, TableLimits limits)
    {
        var encoding = CsvEncoding.Of(file);
        file.Position = 0;
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        var separator = SeparatorOf(text);
        file.Position = 0;
        text.DiscardBufferedData();
        var (line, cells) = (1, new List<TableCell>());
        while (true)
        {
            var begun = line;
            if (!TryRecord(text, separator, limits, ref line, cells)) yield break;
            yield return new(begun, [.. cells]);
        }
    }

    private static char SeparatorOf(StreamReader text)
    {
        var line = "";
        for (var tries = 0; tries < 100 && line.Length is 0 && text.ReadLine() is { } next; tries++) line = next.Trim();
        if (line.Contains('\0', StringComparison.Ordinal)) throw new TableException("table.not-csv");
        return Separators.MaxBy(separator => line.Count(letter => letter == separator));
    }

    /// <summary>False at the end of the file.</summary>
    private static bool TryRecord(StreamReader text, char separator, TableLimits limits, ref int line, List<TableCell> cells)
    {
        cells.Clear();
        var (cell, quoted, begun) = (new StringBuilder(), false, line);
        for (var read = text.Read(); ; read = text.Read())
        {
            var letter = (char)read;
            if (read < 0)
            {
                if (cells.Count is 0 && cell.Length is 0) return false;
                break;
            }

            if (letter is '\0') throw new TableException("table.not-csv");
            if (cell.Length > limits.CellLength) throw new TableException("table.cell-too-long", begun, limits.CellLength);
            if (cells.Count > limits.Columns) throw new TableException("table.too-wide", begun, limits.Columns);
            if (letter is '\n') line++;
            if (quoted)
            {
                if (letter is not '"') cell.Append(letter);
                else if (text.Peek() is '"') cell.Append((char)text.Read());
                else quoted = false;
            }
            else if (letter is '"' && IsBlank(cell))
            {
                cell.Clear();
                quoted = true;
            }
            else if (letter == separator) Close(cells, cell);
            else if (letter is '\n') break;
            else if (letter is not '\r') cell.Append(letter);
        }

        Close(cells, cell);
        return true;
    }

    private static bool IsBlank(StringBuilder cell)
    {
        for (var at = 0; at < cell.Length; at++)
            if (cell[at] is not ' ') return false;
        return true;
    }

    private static void Close(List<TableCell> cells, StringBuilder cell)
    {
        cells.Add(new(cell.ToString().Trim().Trim('\ufeff')));
        cell.Clear();
    }
}
