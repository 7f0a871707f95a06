using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qingyuan.Hj212.Segments;

/// <summary>Where the parts of one item stand in its area.</summary>
/// <param name="Dash">The last dash of the name; before <paramref name="NameAt"/> when there is none.</param>
/// <param name="ValueEnd">Where the separator behind the item stands, or the area ends.</param>
internal readonly record struct ItemPlaces(int NameAt, int NameEnd, int Dash, int ValueAt, int ValueEnd);

/// <summary>Finds the equals sign, the last dash of the name and the next separator: in most items by a single look at 32 bytes.</summary>
internal static class ItemScanner
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once an item: its five places need not travel
    public static ItemPlaces Scan(ReadOnlySpan<byte> area, int at)
    {
        if (!Vector256.IsHardwareAccelerated || area.Length - at < Vector256<byte>.Count) return ScanFar(area, at);
        var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(area), (nuint)at);
        var separators = (Vector256.Equals(bytes, Vector256.Create((byte)';')) | Vector256.Equals(bytes, Vector256.Create((byte)','))).ExtractMostSignificantBits();
        var equals = Vector256.Equals(bytes, Vector256.Create((byte)'=')).ExtractMostSignificantBits();
        var end = BitOperations.TrailingZeroCount(separators);
        var name = BitOperations.TrailingZeroCount(equals);
        if (separators == 0 || name > end) return ScanFar(area, at); // too long for one look, or without an equals sign
        var dashes = Vector256.Equals(bytes, Vector256.Create((byte)'-')).ExtractMostSignificantBits() & ((1u << name) - 1);
        var dash = 31 - BitOperations.LeadingZeroCount(dashes);
        return new(at, at + name, at + dash, at + name + 1, at + end);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ItemPlaces ScanFar(ReadOnlySpan<byte> area, int at)
    {
        var rest = area[at..];
        var mark = rest.IndexOfAny((byte)'=', (byte)';', (byte)',');
        if (mark < 0) mark = rest.Length;
        var name = rest[..mark];
        if (mark == rest.Length || rest[mark] != '=') return new(at, at + mark, at + name.LastIndexOf((byte)'-'), at + mark, at + mark);
        var value = rest[(mark + 1)..];
        var end = value.IndexOfAny((byte)';', (byte)',');
        return new(at, at + mark, at + name.LastIndexOf((byte)'-'), at + mark + 1, at + mark + 1 + (end < 0 ? value.Length : end));
    }
}
