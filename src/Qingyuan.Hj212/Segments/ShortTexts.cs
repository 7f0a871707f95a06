using System.Buffers.Binary;
using System.Text;

namespace Qingyuan.Hj212.Segments;

/// <summary>Short texts come again and again: codes, suffixes, marks, and values of three digits. One string for as long as it is among the newest of its slot.</summary>
/// <remarks>Only a saving: which string is returned never depends on what came before, only whether it is a new object. Readers and writers on many threads need no lock, because a slot is one reference.</remarks>
internal static class ShortTexts
{
    public const int Longest = 8;
    private const int Bits = 12;
    private const ulong Spread = 0x9E3779B97F4A7C15;
    private static readonly string?[] Newest = new string?[1 << Bits];

    /// <summary>The text of 1 to 8 bytes, or null when they are not plain ASCII.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        ref var slot = ref Newest[(Word(bytes) * Spread) >> (64 - Bits)];
        if (slot is { } known && known.Length == bytes.Length && Ascii.Equals(bytes, known)) return known;
        return Ascii.IsValid(bytes) ? slot = Encoding.ASCII.GetString(bytes) : null;
    }

    /// <summary>The bytes in one word; those of four and more are read from both ends, which may meet.</summary>
    private static ulong Word(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        8 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        >= 4 => ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes) << 32) ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) ^ ((ulong)bytes.Length << 29),
        >= 2 => ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes[^2..]),
        _ => bytes[0],
    };
}
