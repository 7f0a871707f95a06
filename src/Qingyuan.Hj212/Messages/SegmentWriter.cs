using System.Buffers;
using System.Globalization;
using System.Text;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages;

/// <summary>A segment while it is put together, in space lent by the caller and rented when that is too small.</summary>
/// <remarks>Texts that would change the meaning of what stands round them are the caller's error: they throw, naming the field.</remarks>
internal ref struct SegmentWriter(Span<byte> space, Edition edition)
{
    // A separator inside a value would begin another field; control characters are no text of the standard.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([';', ',', .. Enumerable.Range(0, 32).Select(number => (char)number)]);

    private Span<byte> _space = space;
    private byte[]? _rented;
    private int _length;
    private bool _hasItem;
    private int _codeAt;
    private int _codeLength;

    public readonly Edition Edition => edition;

    public readonly ReadOnlySpan<byte> Written => _space[.._length];

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_space[_length..]);
        _length += bytes.Length;
    }

    /// <summary>A field of the header, <paramref name="name"/> with its equals sign; left out when there is no value.</summary>
    public void Field(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) return;
        Raw(name);
        Checked(name, value);
        Raw(";"u8);
    }

    public void Field(ReadOnlySpan<byte> name, int value)
    {
        Raw(name);
        Digits(value);
        Raw(";"u8);
    }

    /// <summary>A plain name of the data area, with its equals sign; left out when there is no value.</summary>
    public void Pair(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) return;
        Next();
        Raw(name);
        Checked(name, value);
    }

    public void Pair(ReadOnlySpan<byte> name, int? value)
    {
        if (value is not { } number) return;
        Next();
        Raw(name);
        Digits(number);
    }

    public void Pair(ReadOnlySpan<byte> name, DateTime? value)
    {
        if (value is not { } time) return;
        Next();
        Raw(name);
        Time(time);
    }

    /// <summary>hhmmss.</summary>
    public void PairOfDay(ReadOnlySpan<byte> name, TimeOnly time)
    {
        Next();
        Raw(name);
        Reserve(6);
        WireTime.Write(time, _space[_length..]);
        _length += 6;
    }

    /// <summary>The only quantity of an object.</summary>
    public void Quantity(string code, ReadOnlySpan<byte> suffix, decimal value)
    {
        var first = true;
        Name(code, ref first);
        Raw(suffix);
        Raw("="u8);
        Reserve(32);
        value.TryFormat(_space[_length..], out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>The first quantity of a factor comes after a semicolon, the others after a comma.</summary>
    /// <param name="code">The factor.</param>
    /// <param name="suffix">Without its dash.</param>
    /// <param name="value">As it is to stand there.</param>
    /// <param name="first">Whether the factor begins here.</param>
    public void Item(string code, string suffix, string value, ref bool first)
    {
        Name(code, ref first);
        if (!TryPut(suffix, Signs.InNames))
        {
            if (suffix.AsSpan().IndexOfAny('-', '=') >= 0) throw Unfit(suffix);
            Checked("suffix"u8, suffix);
        }
        Raw("="u8);
        Checked("value"u8, value);
    }

    /// <inheritdoc cref="Item(string, string, string, ref bool)"/>
    public void Item(string code, ReadOnlySpan<byte> suffix, string? value, ref bool first)
    {
        if (value is null) return;
        Name(code, ref first);
        Raw(suffix);
        Raw("="u8);
        Checked(suffix, value);
    }

    /// <inheritdoc cref="Item(string, string, string, ref bool)"/>
    public void Item(string code, ReadOnlySpan<byte> suffix, DateTime? value, ref bool first)
    {
        if (value is not { } time) return;
        Name(code, ref first);
        Raw(suffix);
        Raw("="u8);
        Time(time);
    }

    /// <summary>A log text (日志) between its slashes: any text but one that would close them early.</summary>
    public void Text(string code, ReadOnlySpan<byte> suffix, string text)
    {
        var first = true;
        Name(code, ref first);
        Raw(suffix);
        Raw("=//"u8);
        if (text.Contains("//;", StringComparison.Ordinal) || text.Contains("//,", StringComparison.Ordinal)) throw Unfit(code);
        Put(text);
        Raw("//"u8);
    }

    public void Return()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    /// <summary>The code is checked where it first stands, and copied from there as long as the factor goes on.</summary>
    private void Name(string code, ref bool first)
    {
        if (!first)
        {
            Reserve(1 + _codeLength); // first, so that the piece copied stays where it is
            Raw(","u8);
            Raw(_space.Slice(_codeAt, _codeLength)); // with its dash
            return;
        }
        first = false;
        Next();
        _codeAt = _length;
        if (code.Length == 0 || code[0] <= ' ' || code.Contains('=', StringComparison.Ordinal)) throw Unfit(code);
        Checked("code"u8, code);
        Raw("-"u8);
        _codeLength = _length - _codeAt;
    }

    private void Next()
    {
        if (_hasItem) Raw(";"u8);
        _hasItem = true;
    }

    private void Checked(ReadOnlySpan<byte> field, string value)
    {
        if (TryPut(value, Signs.InValues)) return;
        if (value.AsSpan().ContainsAny(Forbidden) || value.StartsWith("//", StringComparison.Ordinal) || value.Contains("&&", StringComparison.Ordinal))
            throw Unfit(Encoding.ASCII.GetString(field));
        Put(value);
    }

    private void Put(string value)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(value.Length));
        _length += Encoding.UTF8.GetBytes(value, _space[_length..]);
    }

    /// <summary>Most texts are short and plain: copied while they are looked at. False, and nothing written, where a sign needs a closer look.</summary>
    private bool TryPut(string value, byte harmless)
    {
        Reserve(value.Length);
        var target = _space.Slice(_length, value.Length);
        var signs = Signs.Kinds;
        for (var at = 0; at < target.Length; at++)
        {
            var sign = value[at];
            if (sign >= signs.Length || (signs[sign] & harmless) == 0) return false;
            target[at] = (byte)sign;
        }
        _length += value.Length;
        return true;
    }

    private void Digits(int value)
    {
        Reserve(11);
        value.TryFormat(_space[_length..], out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>YYYYMMDDhhmmss; parts of a second are dropped.</summary>
    private void Time(DateTime time)
    {
        Reserve(14);
        WireTime.Write(time, _space[_length..]);
        _length += 14;
    }

    private void Reserve(int more)
    {
        if (_length + more > _space.Length) Grow(more);
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + more, 2 * _space.Length));
        Written.CopyTo(larger);
        Return();
        _space = _rented = larger;
    }

    private static ArgumentException Unfit(string field) => new($"{field.TrimEnd('=')}: the text holds what the wire takes for something else.", nameof(field));
}
