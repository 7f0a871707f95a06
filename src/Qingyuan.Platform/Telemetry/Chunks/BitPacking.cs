using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>How numbers are packed.</summary>
/// <param name="Width">Bits of each.</param>
/// <param name="Exceptions">How many need more.</param>
/// <param name="Bits">What it takes, exceptions included.</param>
internal readonly record struct Packing(int Width, int Exceptions, long Bits);

/// <summary>Packs small numbers into as few bits as most of them need; the few larger ones become exceptions.</summary>
internal static class BitPacking
{
    public const int MaximumWidth = 32;

    // Four values of as many bits, begun within a byte, fill a word.
    private const int WidestEight = 15;

    // Words are written whole; their ends are beyond the packed bytes.
    private const int Slack = 8;

    public static int Bytes(int count, int width) => (int)((((long)count * width) + 7) / 8);

    public static int BitsOf(ulong value) => 64 - BitOperations.LeadingZeroCount(value);

    /// <summary>The width that makes the whole smallest.</summary>
    /// <param name="values">What is to be packed: <c>uint</c> or <c>ulong</c>.</param>
    /// <remarks>
    /// An exception costs eight bits for its place and eight for each seven bits above the width. So with larger(w) values wider than w, all
    /// exceptions cost 16 · larger(w) + 8 · (larger(w + 7) + larger(w + 14) + …). Only the few widths below the widest are ever counted.
    /// </remarks>
    public static Packing Best<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        var most = BitsOf(ulong.CreateTruncating(Union(values)));
        Span<int> larger = stackalloc int[65]; // of each width from the widest value's down to the one looked at
        var best = new Packing(0, 0, long.MaxValue);
        for (var width = most; width >= 0; width--)
        {
            larger[width] = width == most ? 0 : Larger(values, width);
            if (width > MaximumWidth) continue;
            var exceptions = 16L * larger[width];
            for (var further = width + 7; further < most; further += 7) exceptions += 8L * larger[further];
            if (exceptions >= best.Bits) break; // narrower ones only have more
            var bits = ((long)values.Length * width) + exceptions;
            if (bits < best.Bits) best = new(width, larger[width], bits);
        }

        return best;
    }

    /// <summary>Packs the low bits of each value; what is above them is left to the caller.</summary>
    public static void Pack(ByteWriter to, ReadOnlySpan<uint> values, int width)
    {
        var bytes = to.Take(Bytes(values.Length, width) + Slack);
        var eights = width is 0 or > WidestEight ? 0 : PackEights(values, width, bytes);
        PackRest(values[eights..], width, bytes[(eights / 8 * width)..]);
        to.Shorten(Slack);
    }

    /// <summary>Eight values of w bits take w bytes: two words of four values each, which overlap.</summary>
    private static int PackEights(ReadOnlySpan<uint> values, int width, Span<byte> to)
    {
        var mask = (1U << width) - 1;
        var (middle, shift, at, i) = (width / 2, (4 * width) & 7, 0, 0);
        for (; i + 8 <= values.Length; i += 8, at += width)
        {
            var eight = values.Slice(i, 8);
            var low = Four(eight, width, mask);
            BinaryPrimitives.WriteUInt64LittleEndian(to[at..], low);
            BinaryPrimitives.WriteUInt64LittleEndian(to[(at + middle)..], (low >> (8 * middle)) | (Four(eight[4..], width, mask) << shift));
        }

        return i;
    }

    private static ulong Four(ReadOnlySpan<uint> values, int width, uint mask) =>
        (values[0] & mask) | ((ulong)(values[1] & mask) << width) | ((ulong)(values[2] & mask) << (2 * width)) | ((ulong)(values[3] & mask) << (3 * width));

    private static void PackRest(ReadOnlySpan<uint> values, int width, Span<byte> to)
    {
        var mask = (1UL << width) - 1;
        var (held, bits, at) = (0UL, 0, 0);
        foreach (var value in values)
        {
            held |= (value & mask) << bits;
            bits += width;
            if (bits < 32) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(to[at..], (uint)held);
            at += 4;
            held >>= 32;
            bits -= 32;
        }

        for (; bits > 0; bits -= 8, held >>= 8) to[at++] = (byte)held;
    }

    /// <param name="from">Begins with the packed bytes; what follows may be anything.</param>
    /// <param name="width">As packed.</param>
    /// <param name="values">As many as were packed.</param>
    public static void Unpack(ReadOnlySpan<byte> from, int width, Span<uint> values)
    {
        if (width == 0)
        {
            values.Clear();
            return;
        }

        var eights = BitUnpacking.Eights(from, width, values);
        if (eights < values.Length) UnpackRest(from, width, values, eights);
    }

    /// <summary>One value after the other, beginning with number <paramref name="first"/>.</summary>
    public static void UnpackRest(ReadOnlySpan<byte> from, int width, Span<uint> values, int first)
    {
        // A value starts within its first byte and has at most 32 bits: one unaligned load of eight bytes holds it.
        var whole = (int)Math.Min(Math.Max(((from.Length - 8) * 8L / width) + 1, 0), values.Length);
        while (whole > 0 && ((long)(whole - 1) * width >> 3) + 8 > from.Length) whole--;
        var mask = (uint)((1UL << width) - 1);
        ref var start = ref MemoryMarshal.GetReference(from);
        var bit = (nuint)first * (nuint)width;
        var i = first;
        for (; i < whole; i++, bit += (nuint)width)
            values[i] = (uint)(Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref start, bit >> 3)) >> (int)(bit & 7)) & mask;
        for (; i < values.Length; i++) values[i] = Slow(from, (long)i * width, mask);
    }

    /// <summary>How many values need more than <paramref name="width"/> bits, of which there are fewer than 64.</summary>
    private static int Larger<T>(ReadOnlySpan<T> values, int width) where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        var largest = T.CreateTruncating((1UL << width) - 1);
        var (count, i) = (0, 0);
        if (Vector.IsHardwareAccelerated && values.Length >= Vector<T>.Count)
        {
            var (limit, counts) = (new Vector<T>(largest), Vector<T>.Zero);
            for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count) counts -= Vector.GreaterThan(new Vector<T>(values[i..]), limit); // true is -1
            count = int.CreateTruncating(Vector.Sum(counts));
        }

        for (; i < values.Length; i++) count += values[i] > largest ? 1 : 0;
        return count;
    }

    /// <summary>All bits that occur.</summary>
    private static T Union<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryInteger<T>
    {
        var (union, i) = (T.Zero, 0);
        if (Vector.IsHardwareAccelerated && values.Length >= Vector<T>.Count)
        {
            var unions = Vector<T>.Zero;
            for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count) unions |= new Vector<T>(values[i..]);
            for (var lane = 0; lane < Vector<T>.Count; lane++) union |= unions[lane];
        }

        for (; i < values.Length; i++) union |= values[i];
        return union;
    }

    private static uint Slow(ReadOnlySpan<byte> from, long bit, uint mask)
    {
        ulong value = 0;
        var at = (int)(bit >> 3);
        for (var i = 0; i < 5 && at + i < from.Length; i++) value |= (ulong)from[at + i] << (8 * i);
        return (uint)(value >> (int)(bit & 7)) & mask;
    }
}
