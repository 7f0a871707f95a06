using System.Runtime.InteropServices;
using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Times and frame ids of a chunk's rows: plain, differences, or differences of differences, whichever is smallest; packed with exceptions.</summary>
internal static class LongSeries
{
    [ThreadStatic]
    private static ulong[]? s_scratch;

    public static void Write(ByteWriter to, ReadOnlySpan<long> values)
    {
        if (values.IsEmpty) return;
        var count = values.Length;
        if (s_scratch is null || s_scratch.Length < 2 * count) s_scratch = new ulong[Math.Max(2048, 2 * count)];
        var first = s_scratch.AsSpan(0, count);
        var second = s_scratch.AsSpan(count, count);
        Residuals(values, first, second, out var smallest, out var largest);
        var (order, packing) = Best(first, second, unchecked((ulong)(largest - smallest)));
        var residuals = order == 2 ? second : first;
        if (order == 0)
            for (var i = 0; i < count; i++) first[i] = unchecked((ulong)(values[i] - smallest));

        to.Byte((byte)((order << 6) | packing.Width));
        to.Zigzag(order == 0 ? smallest : values[0]);
        Span<uint> low = count <= 1024 ? stackalloc uint[count] : new uint[count];
        for (var i = 0; i < low.Length; i++) low[i] = (uint)residuals[i]; // packing cuts to the width
        BitPacking.Pack(to, low, packing.Width);
        WriteExceptions(to, residuals, packing);
    }

    /// <summary>Reads as many values as <paramref name="values"/> takes.</summary>
    public static void Read(ref ByteReader reader, scoped Span<long> values)
    {
        var count = values.Length;
        if (count == 0) return;
        var form = reader.Byte();
        var (order, width) = (form >> 6, form & 0x3F);
        var start = reader.Zigzag();
        Span<uint> low = count <= 1024 ? stackalloc uint[count] : new uint[count];
        BitPacking.Unpack(reader.Ahead, width, low);
        reader.Bytes(BitPacking.Bytes(count, width));
        for (var i = 0; i < low.Length; i++) values[i] = low[i];
        var residuals = MemoryMarshal.Cast<long, ulong>(values);
        var at = 0;
        for (var exceptions = reader.Int(); exceptions > 0; exceptions--)
        {
            at += reader.Int();
            residuals[at] |= reader.Varint() << width;
        }

        Restore(values, order, start);
    }

    private static (int Order, Packing Packing) Best(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ulong range)
    {
        var (once, twice, width) = (BitPacking.Best(first), BitPacking.Best(second), BitPacking.BitsOf(range));
        var plain = new Packing(width, 0, width <= BitPacking.MaximumWidth ? (long)width * first.Length : long.MaxValue);
        if (plain.Bits <= once.Bits && plain.Bits <= twice.Bits) return (0, plain);
        return once.Bits <= twice.Bits ? (1, once) : (2, twice);
    }

    /// <summary>Zigzag differences, differences of those, and the range. There are as many as values; those that say nothing are zero.</summary>
    private static void Residuals(ReadOnlySpan<long> values, Span<ulong> first, Span<ulong> second, out long smallest, out long largest)
    {
        first[0] = second[0] = 0;
        smallest = largest = values[0];
        var (previous, slope) = (values[0], 0L);
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            var delta = unchecked(value - previous);
            var turn = unchecked(delta - slope);
            first[i] = (ulong)((delta << 1) ^ (delta >> 63));
            second[i] = (ulong)((turn << 1) ^ (turn >> 63));
            (previous, slope) = (value, delta);
            (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        }
    }

    /// <summary>Residuals to values, in place.</summary>
    private static void Restore(Span<long> values, int order, long start)
    {
        if (order == 0)
        {
            foreach (ref var value in values) value = unchecked(start + value);
            return;
        }

        var slope = 0L;
        var carried = order == 1 ? 0L : -1L; // whether a difference goes on from the one before
        foreach (ref var value in values)
        {
            var residual = (long)((ulong)value >> 1) ^ -(value & 1);
            slope = unchecked((slope & carried) + residual);
            value = start = unchecked(start + slope);
        }
    }

    private static void WriteExceptions(ByteWriter to, ReadOnlySpan<ulong> residuals, Packing packing)
    {
        to.Varint(packing.Exceptions);
        var (last, left) = (0, packing.Exceptions);
        for (var i = 0; left > 0; i++)
        {
            var high = residuals[i] >> packing.Width;
            if (high == 0) continue;
            to.Varint(i - last);
            to.Varint(high);
            last = i;
            left--;
        }
    }
}
