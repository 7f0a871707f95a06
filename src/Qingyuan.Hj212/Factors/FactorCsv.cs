using System.Text;

namespace Qingyuan.Hj212.Factors;

/// <summary>Reads the embedded table: comma-separated, a cell with commas stands in quotation marks.</summary>
internal static class FactorCsv
{
    public static IEnumerable<string[]> Read()
    {
        using var stream = typeof(FactorCsv).Assembly.GetManifestResourceStream("hj212-factors.csv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        reader.ReadLine(); // names of the columns
        while (reader.ReadLine() is { } line) yield return Cells(line);
    }

    private static string[] Cells(string line)
    {
        var cells = new List<string>(10);
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var letter in line)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted) { cells.Add(cell.ToString()); cell.Clear(); }
            else cell.Append(letter);
        }
        cells.Add(cell.ToString());
        return [.. cells];
    }
}
