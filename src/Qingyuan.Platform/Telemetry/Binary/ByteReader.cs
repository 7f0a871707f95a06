using System.Buffers.Binary;
using System.Text;

namespace Qingyuan.Platform.Telemetry.Binary;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <remarks>Throws <see cref="InvalidDataException"/> where the bytes end too early: they were verified before, so that is another version's format or a bug.</remarks>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > _bytes.Length - Position) throw new InvalidDataException("Stored bytes end too early.");
        var span = _bytes.Slice(Position, count);
        Position += count;
        return span;
    }

    /// <summary>All bytes that are left, without taking them.</summary>
    public readonly ReadOnlySpan<byte> Ahead => _bytes[Position..];

    public readonly bool AtEnd => Position == _bytes.Length;

    public byte Byte() => Position < _bytes.Length ? _bytes[Position++] : Bytes(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong Varint()
    {
        if (Position < _bytes.Length && _bytes[Position] < 0x80) return _bytes[Position++];
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("A stored number has no end.");
    }

    public int Int() => checked((int)Varint());

    public long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes(Int()));
}
