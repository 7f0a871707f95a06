namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>The values of one quantity of one factor in a chunk: cells in the order of their rows. A row without a cell is a missing sample.</summary>
internal sealed class Column(string factor, string quantity)
{
    /// <summary>In place of a number of decimals: the cell is kept as text, and its mantissa is the text's index.</summary>
    public const byte Verbatim = 255;

    /// <summary>No time of sampling was sent.</summary>
    public const long NoSampleTime = long.MinValue;

    private int[] _mantissas = [];
    private int[]? _rows;
    private Lane<byte> _decimals;
    private Lane<int> _flags;
    private Lane<long> _sampleTicks;
    private List<string>? _texts;

    public string Factor { get; } = factor;

    public string Quantity { get; } = quantity;

    public int Count { get; private set; }

    public ReadOnlySpan<int> Mantissas => _mantissas.AsSpan(0, Count);

    /// <summary>True while the cells are in rows 0, 1, 2 …</summary>
    public bool IsDense => _rows is null;

    public Lane<byte> Decimals => _decimals;

    public Lane<int> Flags => _flags;

    public Lane<long> SampleTicks => _sampleTicks;

    public int Row(int cell) => _rows is null ? cell : _rows[cell];

    public string Text(int cell) => _decimals[cell] == Verbatim ? _texts![_mantissas[cell]] : DecimalText.Format(_mantissas[cell], _decimals[cell]);

    /// <summary>The cell of a row, negative when the row has none.</summary>
    public int CellOf(int row) => _rows is null ? (row < Count ? row : -1) : Array.BinarySearch(_rows, 0, Count, row);

    public void Add(int row, string text, int flag, long sampleTicks)
    {
        if (DecimalText.TryParse(text, out var mantissa, out var decimals)) Add(row, mantissa, decimals, flag, sampleTicks);
        else
        {
            (_texts ??= []).Add(text);
            Add(row, _texts.Count - 1, Verbatim, flag, sampleTicks);
        }
    }

    /// <summary>Whether the cell says exactly this.</summary>
    public bool Says(int cell, string text, int flag, long sampleTicks)
    {
        if (_flags[cell] != flag || _sampleTicks[cell] != sampleTicks) return false;
        return DecimalText.TryParse(text, out var mantissa, out var decimals)
            ? _decimals[cell] == decimals && _mantissas[cell] == mantissa
            : _decimals[cell] == Verbatim && _texts![_mantissas[cell]] == text;
    }

    /// <summary>Takes over what a decoder read. <paramref name="rows"/> is null for a dense column.</summary>
    public static Column Of(
        string factor, string quantity, int[] mantissas, int[]? rows, Lane<byte> decimals, Lane<int> flags, Lane<long> sampleTicks, List<string>? texts) =>
        new(factor, quantity)
        {
            _mantissas = mantissas, _rows = rows, _decimals = decimals, _flags = flags, _sampleTicks = sampleTicks, _texts = texts, Count = mantissas.Length,
        };

    private void Add(int row, int mantissa, byte decimals, int flag, long sampleTicks)
    {
        if (Count == _mantissas.Length) Array.Resize(ref _mantissas, Math.Max(4, Count * 2));
        AddRow(row);
        _mantissas[Count] = mantissa;
        _decimals.Add(Count, decimals);
        _flags.Add(Count, flag);
        _sampleTicks.Add(Count, sampleTicks);
        Count++;
    }

    private void AddRow(int row)
    {
        if (_rows is null)
        {
            if (row == Count) return;
            _rows = new int[_mantissas.Length];
            for (var i = 0; i < Count; i++) _rows[i] = i;
        }

        if (Count >= _rows.Length) Array.Resize(ref _rows, Math.Max(_mantissas.Length, Count + 1));
        _rows[Count] = row;
    }
}
