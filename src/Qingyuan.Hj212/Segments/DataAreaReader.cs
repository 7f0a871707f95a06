using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qingyuan.Hj212.Segments;

/// <summary>Goes through a data area item by item, in wire order, duplicates included, without allocating: <c>foreach (var item in new DataAreaReader(header.Area))</c>.</summary>
/// <remarks>
/// Empty items are passed over. A log text between <c>//</c> and <c>//</c> is taken first, whatever separators it holds.
/// An item without <c>=</c> has its text as its name and an empty value. Any bytes give some items; the work is linear in their number.
/// </remarks>
public ref struct DataAreaReader
{
    private readonly ReadOnlySpan<byte> _area;
    private int _next;
    private ItemPlaces _item;
    private int _codeAt;
    private int _codeLength;
    private bool _startsObject;
    private bool _isText;
    private bool _noMoreTexts;

    /// <param name="area">The data area without its <c>&amp;&amp;</c>.</param>
    public DataAreaReader(ReadOnlySpan<byte> area) => _area = area;

    /// <summary>The item last read.</summary>
    public readonly DataItem Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] // what a caller does not look at is then not made
        get
        {
            var name = Part(_item.NameAt, _item.NameEnd);
            var value = Part(_item.ValueAt, _item.ValueEnd);
            if (_item.Dash > _item.NameAt) return new(name, Part(_item.NameAt, _item.Dash), Part(_item.Dash + 1, _item.NameEnd), value, _startsObject, _isText);
            return name.SequenceEqual("Flag"u8)
                ? new(name, Part(_codeAt, _codeAt + _codeLength), name, value, _startsObject, _isText)
                : new(name, default, default, value, _startsObject, _isText);
        }
    }

    // The scanner found these places inside the area: they are not checked again for each of an item's four parts.
    private readonly ReadOnlySpan<byte> Part(int from, int to) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(_area), from), to - from);

    /// <summary>This reader, for foreach.</summary>
    public readonly DataAreaReader GetEnumerator() => this;

    /// <summary>Reads the next item; false at the end.</summary>
    public bool MoveNext()
    {
        if (_item.Dash > _item.NameAt) (_codeAt, _codeLength) = (_item.NameAt, _item.Dash - _item.NameAt);
        while (_next < _area.Length)
        {
            _startsObject = _next == 0 || _area[_next - 1] == ';';
            _item = ItemScanner.Scan(_area, _next);
            _next = _item.ValueEnd + 1;
            _isText = _item.ValueEnd - _item.ValueAt >= 2 && _area[_item.ValueAt] == '/' && _area[_item.ValueAt + 1] == '/' && TryTakeText();
            if (_item.NameEnd > _item.NameAt && (_area[_item.NameAt] <= ' ' || _area[_item.NameEnd - 1] <= ' ')) TrimName();
            if (_item.NameEnd > _item.NameAt || _item.ValueEnd > _item.ValueAt) return true;
        }
        return false;
    }

    /// <summary>The value of the first item of this name; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> area, scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (var item in new DataAreaReader(area))
        {
            if (!item.Name.SequenceEqual(name)) continue;
            value = item.Value;
            return true;
        }
        value = default;
        return false;
    }

    private void TrimName()
    {
        var name = _area[_item.NameAt.._item.NameEnd];
        var start = _item.NameAt + (name.Length - WireText.TrimStart(name).Length);
        _item = _item with { NameAt = start, NameEnd = start + WireText.Trim(name).Length };
    }

    /// <summary>A value that opens with <c>//</c> ends at the first <c>//</c> before a separator or the end.</summary>
    private bool TryTakeText()
    {
        if (_noMoreTexts) return false;
        var start = _item.ValueAt + 2;
        for (var at = start; _area[at..].IndexOf("//"u8) is var step and >= 0; at++)
        {
            at += step;
            if (at + 2 < _area.Length && _area[at + 2] is not ((byte)';' or (byte)',')) continue;
            _item = _item with { ValueAt = start, ValueEnd = at };
            _next = at + 3;
            return true;
        }
        _noMoreTexts = true; // nothing closes from here on, so later ones need no search
        return false;
    }
}
