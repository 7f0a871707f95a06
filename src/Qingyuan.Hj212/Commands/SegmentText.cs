using System.Buffers;
using System.Globalization;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Commands;

/// <summary>A short segment while it is put together. Field values over a quarter of the space are cut: only a hostile peer sends such a QN, and it gets a reply that fits nothing.</summary>
internal ref struct SegmentText(Span<byte> space)
{
    public const int Capacity = 1024;

    private const int LongestValue = 200;

    private readonly Span<byte> _space = space;
    private int _length;
    private bool _hasPair;

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_space[_length..]);
        _length += text.Length;
    }

    /// <summary>A field of the header, closed by a semicolon.</summary>
    public void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Add(name);
        Add(value.Length > LongestValue ? value[..LongestValue] : value);
        Add(";"u8);
    }

    public void Field(ReadOnlySpan<byte> name, int value)
    {
        Add(name);
        AddNumber(value);
        Add(";"u8);
    }

    /// <summary>A pair of the data area, left out when it has no value.</summary>
    public void Pair(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        StartPair(name);
        Add(value.Length > LongestValue ? value[..LongestValue] : value);
    }

    public void Pair(ReadOnlySpan<byte> name, int? value)
    {
        if (value is not { } number) return;
        StartPair(name);
        AddNumber(number);
    }

    public void Close(IBufferWriter<byte> output)
    {
        Add("&&"u8);
        FrameWriter.Write(output, _space[.._length]);
    }

    private void StartPair(ReadOnlySpan<byte> name)
    {
        if (_hasPair) Add(";"u8);
        _hasPair = true;
        Add(name);
    }

    private void AddNumber(int value)
    {
        value.TryFormat(_space[_length..], out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }
}
