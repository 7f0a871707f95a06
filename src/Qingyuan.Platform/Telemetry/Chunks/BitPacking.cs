using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Packs small numbers into as few bits as most of them need; the few larger ones become exceptions.</summary>
internal static class BitPacking
{
    public const int MaximumWidth = 32;

    public static int Bytes(int count, int width) => (int)((((long)count * width) + 7) / 8);

    public static int BitsOf(ulong value) => 64 - BitOperations.LeadingZeroCount(value);

    /// <summary>The width that makes the whole smallest.</summary>
    /// <param name="lengths">How many values need 0, 1, 2 … bits.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="bits">Size in bits, exceptions included.</param>
    public static int BestWidth(ReadOnlySpan<int> lengths, int count, out long bits)
    {
        Span<(int Bits, int Count)> used = stackalloc (int, int)[lengths.Length];
        var kinds = 0;
        for (var length = 0; length < lengths.Length; length++)
            if (lengths[length] != 0) used[kinds++] = (length, lengths[length]);
        var (best, width) = (long.MaxValue, 0);
        for (var candidate = kinds == 0 ? 0 : Math.Min(used[kinds - 1].Bits, MaximumWidth); candidate >= 0; candidate--)
        {
            var exceptions = 0L;
            for (var kind = kinds - 1; kind >= 0 && used[kind].Bits > candidate; kind--)
                exceptions += used[kind].Count * (8L + ((used[kind].Bits - candidate + 6) / 7 * 8));
            if (exceptions >= best) break; // narrower ones only have more
            var cost = ((long)count * candidate) + exceptions;
            if (cost < best) (best, width) = (cost, candidate);
        }

        bits = best;
        return width;
    }

    public static void Pack(ReadOnlySpan<uint> values, int width, Span<byte> to)
    {
        if (width == 0) return;
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

        // A value starts within its first byte and has at most 32 bits: one unaligned load of eight bytes holds it.
        var whole = (int)Math.Min(Math.Max(((from.Length - 8) * 8L / width) + 1, 0), values.Length);
        while (whole > 0 && ((long)(whole - 1) * width >> 3) + 8 > from.Length) whole--;
        var mask = (uint)((1UL << width) - 1);
        ref var start = ref MemoryMarshal.GetReference(from);
        nuint bit = 0;
        for (var i = 0; i < whole; i++, bit += (nuint)width)
            values[i] = (uint)(Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref start, bit >> 3)) >> (int)(bit & 7)) & mask;
        for (var i = whole; i < values.Length; i++) values[i] = Slow(from, (long)i * width, mask);
    }

    private static uint Slow(ReadOnlySpan<byte> from, long bit, uint mask)
    {
        ulong value = 0;
        var at = (int)(bit >> 3);
        for (var i = 0; i < 5 && at + i < from.Length; i++) value |= (ulong)from[at + i] << (8 * i);
        return (uint)(value >> (int)(bit & 7)) & mask;
    }
}
