using System.Buffers.Binary;
using System.Text;

namespace Qingyuan.Platform.Telemetry.Binary;

/// <summary>Writes the slice's binary formats: varints, zigzag, text, bytes. Grows; may be reused.</summary>
internal sealed class ByteWriter(int capacity = 1024)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public void Clear() => Length = 0;

    /// <summary>The next <paramref name="count"/> bytes, to be filled by the caller; not cleared.</summary>
    public Span<byte> Take(int count)
    {
        if (Length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    /// <summary>Gives back the last <paramref name="count"/> bytes taken.</summary>
    public void Shorten(int count) => Length -= count;

    /// <summary>Bytes written before, to be changed.</summary>
    public Span<byte> At(int position, int count) => _bytes.AsSpan(position, count);

    public void Byte(byte value)
    {
        if (Length < _bytes.Length) _bytes[Length++] = value;
        else Take(1)[0] = value;
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void Varint(ulong value)
    {
        if (value < 0x80) Byte((byte)value);
        else LongVarint(value);
    }

    public void Varint(int value) => Varint((ulong)(uint)value);

    public void Zigzag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Varint(count);
        Encoding.UTF8.GetBytes(text, Take(count));
    }

    private void LongVarint(ulong value)
    {
        Span<byte> buffer = stackalloc byte[10];
        var used = 0;
        for (; value >= 0x80; value >>= 7) buffer[used++] = (byte)(value | 0x80);
        buffer[used++] = (byte)value;
        Bytes(buffer[..used]);
    }
}
