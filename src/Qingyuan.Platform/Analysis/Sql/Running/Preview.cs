using System.Text;
using System.Text.Json;

namespace Qingyuan.Platform.Analysis.Sql.Running;

/// <summary>The first rows of an answer, for the eye: they are held here and in the browser, so rows, cells and the whole are bounded. The file has all of it.</summary>
internal sealed class Preview
{
    private const int MostRows = 500;
    private const int LongestCell = 1_000;
    private const int MostBytes = 1 << 20;

    private readonly List<string?[]> _rows = [];
    private int _bytes;
    private bool _isFull;

    public IReadOnlyList<string?[]> Rows => _rows;

    /// <summary>True when a cell was cut or a row left out for the size of the whole; not when there are more rows than are shown anyway.</summary>
    public bool IsShortened { get; private set; }

    /// <param name="line">A JSON array of texts and nulls.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (_isFull || _rows.Count == MostRows) return;
        var row = new List<string?>();
        var cells = new Utf8JsonReader(line);
        cells.Read(); // where the array begins
        while (cells.Read() && cells.TokenType is not JsonTokenType.EndArray) row.Add(Cut(cells.GetString()));
        _bytes += row.Sum(cell => cell is null ? 0 : Encoding.UTF8.GetByteCount(cell));
        _isFull = _bytes > MostBytes;
        if (_isFull) IsShortened = true;
        else _rows.Add([.. row]);
    }

    private string? Cut(string? cell)
    {
        if (cell is null || cell.Length <= LongestCell) return cell;
        IsShortened = true;
        var end = char.IsHighSurrogate(cell[LongestCell - 1]) ? LongestCell - 1 : LongestCell; // a letter of two halves stays whole
        return cell[..end] + "…";
    }
}
