namespace Qingyuan.Hj212.Segments;

/// <summary>Goes through a data area item by item, in wire order, duplicates included, without allocating: <c>foreach (var item in new DataAreaReader(header.Area))</c>.</summary>
/// <remarks>
/// Empty items are passed over. A log text between <c>//</c> and <c>//</c> is taken first, whatever separators it holds.
/// An item without <c>=</c> has its text as its name and an empty value. Any bytes give some items; the work is linear in their number.
/// </remarks>
public ref struct DataAreaReader
{
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _code;
    private DataItem _current;
    private bool _startsObject = true;
    private bool _noMoreTexts;

    /// <param name="area">The data area without its <c>&amp;&amp;</c>.</param>
    public DataAreaReader(ReadOnlySpan<byte> area) => _rest = area;

    /// <summary>The item last read.</summary>
    public readonly DataItem Current => _current;

    /// <summary>This reader, for foreach.</summary>
    public readonly DataAreaReader GetEnumerator() => this;

    /// <summary>Reads the next item; false at the end.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var startsObject = _startsObject;
            Read(out var name, out var value, out var isText);
            if (name.IsEmpty && value.IsEmpty) continue;
            SetCurrent(name, value, startsObject, isText);
            return true;
        }
        return false;
    }

    /// <summary>The value of the first item of this name; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> area, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
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

    private void SetCurrent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool startsObject, bool isText)
    {
        var dash = name.LastIndexOf((byte)'-');
        if (dash > 0)
        {
            _code = name[..dash];
            _current = new(name, _code, name[(dash + 1)..], value, startsObject, isText);
        }
        else if (name.SequenceEqual("Flag"u8)) _current = new(name, _code, name, value, startsObject, isText);
        else _current = new(name, default, default, value, startsObject, isText);
    }

    private void Read(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out bool isText)
    {
        isText = false;
        var at = _rest.IndexOfAny((byte)'=', (byte)';', (byte)',');
        if (at < 0 || _rest[at] != '=')
        {
            name = WireText.Trim(at < 0 ? _rest : _rest[..at]);
            value = default;
            Step(at);
            return;
        }
        name = WireText.Trim(_rest[..at]);
        _rest = _rest[(at + 1)..];
        value = default;
        isText = _rest is [(byte)'/', (byte)'/', ..] && !_noMoreTexts && TryReadText(out value);
        if (isText) return;
        var end = _rest.IndexOfAny((byte)';', (byte)',');
        value = end < 0 ? _rest : _rest[..end];
        Step(end);
    }

    /// <summary>A value that opens with <c>//</c> ends at the first <c>//</c> before a separator or the end.</summary>
    private bool TryReadText(out ReadOnlySpan<byte> value)
    {
        var text = _rest[2..];
        for (var at = 0; text[at..].IndexOf("//"u8) is var step and >= 0; at++)
        {
            at += step;
            var after = text[(at + 2)..];
            if (!after.IsEmpty && after[0] is not ((byte)';' or (byte)',')) continue;
            value = text[..at];
            _rest = after;
            Step(after.IsEmpty ? -1 : 0);
            return true;
        }
        _noMoreTexts = true; // nothing closes from here on, so later ones need no search
        value = default;
        return false;
    }

    private void Step(int separator)
    {
        if (separator < 0)
        {
            _rest = default;
            return;
        }
        _startsObject = _rest[separator] == ';';
        _rest = _rest[(separator + 1)..];
    }
}
