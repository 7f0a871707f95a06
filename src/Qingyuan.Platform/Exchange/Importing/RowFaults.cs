using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Collects what is wrong with one row: all of it, so that a person mends a row once.</summary>
internal sealed class RowFaults(int row)
{
    private readonly List<RowNote> _notes = [];

    public IReadOnlyList<RowNote> All => _notes;

    public bool IsEmpty => _notes.Count is 0;

    public void Add(string column, string code, params string[] args) => _notes.Add(new(row, column, RowRemark.Wrong, code, [.. args.Select(arg => TableCell.Short(arg))]));
}
