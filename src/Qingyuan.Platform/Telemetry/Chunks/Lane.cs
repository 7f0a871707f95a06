namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>One attribute of a column's cells. Takes no room while all cells have the same value, which is the rule.</summary>
internal struct Lane<T> where T : struct, IEquatable<T>
{
    private T[]? _items;
    private T _common;

    public readonly bool IsCommon => _items is null;

    public readonly T Common => _common;

    public readonly T this[int index] => _items is null ? _common : _items[index];

    /// <summary>The values of the first <paramref name="count"/> cells, empty while they are all the same.</summary>
    public readonly ReadOnlySpan<T> Items(int count) => _items is null ? [] : _items.AsSpan(0, count);

    /// <summary>Appends the value of cell number <paramref name="index"/>, the next one.</summary>
    public void Add(int index, T value)
    {
        if (index == 0) _common = value;
        if (_items is null)
        {
            if (_common.Equals(value)) return;
            _items = new T[Math.Max(16, index * 2)];
            _items.AsSpan(0, index).Fill(_common);
        }

        if (index == _items.Length) Array.Resize(ref _items, Math.Max(16, index * 2));
        _items[index] = value;
    }

    public static Lane<T> Of(T common) => new() { _common = common };

    public static Lane<T> Of(T[] items) => new() { _items = items, _common = items.Length == 0 ? default : items[0] };
}
