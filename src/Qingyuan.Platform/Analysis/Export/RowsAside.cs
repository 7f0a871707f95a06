using System.Text;

namespace Qingyuan.Platform.Analysis.Export;

/// <summary>Rows of texts on their way into a file: they lie aside and not in memory, and go when this is closed, also when nobody waits for the file any more.</summary>
internal sealed class RowsAside : IDisposable
{
    private readonly int _columns;
    private readonly FileStream _file;
    private readonly BinaryWriter _cells;

    /// <param name="path">Where nothing is yet.</param>
    /// <param name="columns">Cells of each row.</param>
    public RowsAside(string path, int columns)
    {
        _columns = columns;
        _file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 << 10, FileOptions.DeleteOnClose);
        _cells = new(_file, Encoding.UTF8, leaveOpen: true);
    }

    public int Count { get; private set; }

    public void Add(IReadOnlyList<string?> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Count, _columns);
        foreach (var cell in row)
        {
            _cells.Write(cell is not null);
            if (cell is not null) _cells.Write(cell);
        }

        Count++;
    }

    /// <summary>One row after the other, from the first one on; none is added any more. Not for two readers at once.</summary>
    /// <exception cref="OperationCanceledException">While enumerating.</exception>
    public IEnumerable<string?[]> Rows(CancellationToken ct)
    {
        _cells.Flush();
        _file.Position = 0;
        using var cells = new BinaryReader(_file, Encoding.UTF8, leaveOpen: true);
        for (var left = Count; left > 0; left--)
        {
            ct.ThrowIfCancellationRequested();
            var row = new string?[_columns];
            for (var at = 0; at < row.Length; at++) row[at] = cells.ReadBoolean() ? cells.ReadString() : null;
            yield return row;
        }
    }

    public void Dispose()
    {
        _cells.Dispose();
        _file.Dispose();
    }
}
