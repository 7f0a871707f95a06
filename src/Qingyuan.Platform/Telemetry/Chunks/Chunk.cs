using System.Runtime.InteropServices;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>What one frame contributed: its moment, which frame, when it was received. Frames of one moment have a row each.</summary>
internal readonly record struct ChunkRow(long DataTicks, FrameId Frame, long ReceivedMicros);

/// <summary>A contradiction: the value that stands came with <paramref name="First"/>, another one with <paramref name="Second"/>.</summary>
internal readonly record struct Conflict(ChunkKey Chunk, DateTime At, string Factor, string Quantity, FrameId First, FrameId Second);

/// <summary>The measured values of one station and period. Grows only; the first value of a moment stands. Not safe by itself.</summary>
internal sealed class Chunk(ChunkKey key)
{
    // 32 bytes of a row beside 4 of a value.
    private const int ValuesOfARow = 8;

    // A station has some 20 columns and two or three flags; whoever sends thousands gets an index.
    private const int FewEnoughToLook = 64;

    private readonly List<ChunkRow> _rows = [];
    private readonly List<Column> _columns = [];
    private readonly List<string?> _flags = [null];
    private Dictionary<(string Factor, string Quantity), int>? _columnIndexes;
    private Dictionary<string, int>? _flagIndexes;

    public ChunkKey Key { get; } = key;

    /// <summary>In order of arrival, which need not be the order of time.</summary>
    public IReadOnlyList<ChunkRow> Rows => _rows;

    /// <summary>The same, to be gone through at once: until the next one is added.</summary>
    public ReadOnlySpan<ChunkRow> AllRows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>When the newest frame in it was received, Unix microseconds; the least of all numbers while it is empty.</summary>
    public long NewestMicros
    {
        get
        {
            var newest = long.MinValue;
            foreach (ref readonly var row in AllRows) newest = Math.Max(newest, row.ReceivedMicros);
            return newest;
        }
    }

    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Flag texts; index 0 is "none sent".</summary>
    public IReadOnlyList<string?> Flags => _flags;

    public int Cells { get; private set; }

    /// <summary>The room it takes, in values: a row takes as much as eight, which decides for whoever sends one factor a second.</summary>
    public int Size => Cells + (_rows.Count * ValuesOfARow);

    public bool IsSorted { get; private set; } = true;

    /// <summary>Merges a frame's values. Applying the same frame again changes nothing.</summary>
    public ApplyOutcome Apply(ReportedValues values, ICollection<Conflict> conflicts)
    {
        var moment = values.DataTime.Ticks;
        var firstOfMoment = FirstRowOf(moment);
        var own = -1;
        var (added, contradicted) = (false, false);
        for (var i = 0; i < values.Values.Count; i++)
        {
            var value = values.Values[i];
            var column = ColumnOf(value.Factor, value.Quantity, i);
            var flag = FlagOf(value.Flag);
            var sampled = value.SampleTime?.Ticks ?? Column.NoSampleTime;
            if (Find(column, moment, firstOfMoment) is var (row, cell) && cell >= 0)
            {
                if (column.Says(cell, value.Text, flag, sampled)) continue;
                contradicted = true;
                conflicts.Add(new(Key, values.DataTime, value.Factor, value.Quantity, _rows[row].Frame, values.Frame));
                continue;
            }

            if (own < 0) own = AddRow(new(moment, values.Frame, Micros.Of(values.ReceivedAt)));
            if (firstOfMoment < 0) firstOfMoment = own;
            column.Add(own, value.Text, flag, sampled);
            Cells++;
            added = true;
        }

        return contradicted ? ApplyOutcome.Conflict : added ? ApplyOutcome.New : ApplyOutcome.Repeat;
    }

    /// <summary>Room for the rows of an empty chunk; a decoder fills it, in order of time.</summary>
    public Span<ChunkRow> RestoreRows(int count)
    {
        CollectionsMarshal.SetCount(_rows, count);
        return CollectionsMarshal.AsSpan(_rows);
    }

    /// <summary>Takes over what a decoder read.</summary>
    public void Restore(ReadOnlySpan<string> flags)
    {
        foreach (var flag in flags) AddFlag(flag);
    }

    public void Restore(Column column)
    {
        _columnIndexes?.Add((column.Factor, column.Quantity), _columns.Count);
        _columns.Add(column);
        Cells += column.Count;
    }

    public Column? Find(string factor, string quantity)
    {
        if (_columns.Count <= FewEnoughToLook)
        {
            foreach (var column in _columns)
                if (column.Factor == factor && column.Quantity == quantity) return column;
            return null;
        }

        _columnIndexes ??= _columns.Index().ToDictionary(entry => (entry.Item.Factor, entry.Item.Quantity), entry => entry.Index);
        return _columnIndexes.TryGetValue((factor, quantity), out var index) ? _columns[index] : null;
    }

    /// <summary>The same chunk with its rows in order of time.</summary>
    public Chunk Sorted()
    {
        var order = Enumerable.Range(0, _rows.Count).OrderBy(row => _rows[row].DataTicks).ToArray(); // stable: first come stays first
        var sorted = new Chunk(Key);
        foreach (var row in order) sorted.AddRow(_rows[row]);
        for (var i = 1; i < _flags.Count; i++) sorted.AddFlag(_flags[i]!); // only index 0 is null
        foreach (var column in _columns)
        {
            var copy = new Column(column.Factor, column.Quantity);
            for (var row = 0; row < order.Length; row++)
                if (column.CellOf(order[row]) is var cell and >= 0) copy.Add(row, column.Text(cell), column.Flags[cell], column.SampleTicks[cell]);
            sorted.Restore(copy);
        }

        return sorted;
    }

    private int AddRow(ChunkRow row)
    {
        if (_rows.Count > 0 && row.DataTicks < _rows[^1].DataTicks) IsSorted = false;
        _rows.Add(row);
        return _rows.Count - 1;
    }

    private int FirstRowOf(long moment)
    {
        if (IsSorted && (_rows.Count == 0 || _rows[^1].DataTicks < moment)) return -1; // the usual case: newer than all
        for (var row = 0; row < _rows.Count; row++)
            if (_rows[row].DataTicks == moment) return row;
        return -1;
    }

    private (int Row, int Cell) Find(Column column, long moment, int firstOfMoment)
    {
        if (firstOfMoment < 0) return (-1, -1);
        for (var row = firstOfMoment; row < _rows.Count; row++)
            if (_rows[row].DataTicks == moment && column.CellOf(row) is var cell and >= 0) return (row, cell);
        return (-1, -1);
    }

    /// <param name="factor">As sent.</param>
    /// <param name="quantity">As sent.</param>
    /// <param name="guess">Where the last frames had it: loggers send their factors in the same order each time.</param>
    private Column ColumnOf(string factor, string quantity, int guess)
    {
        if (guess < _columns.Count && _columns[guess] is var column && column.Factor == factor && column.Quantity == quantity) return column;
        if (Find(factor, quantity) is { } known) return known;
        column = new(factor, quantity);
        Restore(column);
        return column;
    }

    private void AddFlag(string flag)
    {
        _flagIndexes?.Add(flag, _flags.Count);
        _flags.Add(flag);
    }

    private int FlagOf(string? flag)
    {
        if (flag is null) return 0;
        if (_flags.Count <= FewEnoughToLook)
        {
            for (var i = 1; i < _flags.Count; i++)
                if (_flags[i] == flag) return i;
        }
        else
        {
            _flagIndexes ??= _flags.Index().Skip(1).ToDictionary(entry => entry.Item!, entry => entry.Index); // only index 0 is null
            if (_flagIndexes.TryGetValue(flag, out var index)) return index;
        }

        AddFlag(flag);
        return _flags.Count - 1;
    }
}
