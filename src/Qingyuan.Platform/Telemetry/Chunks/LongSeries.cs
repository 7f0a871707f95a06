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
        if (s_scratch is null || s_scratch.Length < values.Length) s_scratch = new ulong[Math.Max(1024, values.Length)];
        var residuals = s_scratch.AsSpan(0, values.Length);
        var (order, width) = Best(values);
        var start = Residuals(values, order, residuals);
        to.Byte((byte)((order << 6) | width));
        to.Zigzag(start);
        Span<uint> low = values.Length <= 1024 ? stackalloc uint[values.Length] : new uint[values.Length];
        for (var i = 0; i < low.Length; i++) low[i] = (uint)(residuals[i] & ((1UL << width) - 1));
        BitPacking.Pack(low, width, to.Take(BitPacking.Bytes(low.Length, width)));
        WriteExceptions(to, residuals, width);
    }

    public static long[] Read(ref ByteReader reader, int count)
    {
        if (count == 0) return [];
        var form = reader.Byte();
        var (order, width) = (form >> 6, form & 0x3F);
        var start = reader.Zigzag();
        Span<uint> low = count <= 1024 ? stackalloc uint[count] : new uint[count];
        BitPacking.Unpack(reader.Ahead, width, low);
        reader.Bytes(BitPacking.Bytes(count, width));
        Span<ulong> residuals = count <= 1024 ? stackalloc ulong[count] : new ulong[count];
        for (var i = 0; i < count; i++) residuals[i] = low[i];
        var at = 0;
        for (var exceptions = reader.Int(); exceptions > 0; exceptions--)
        {
            at += reader.Int();
            residuals[at] |= reader.Varint() << width;
        }

        return Restore(residuals, order, start);
    }

    /// <summary>Measures all three orders in one pass.</summary>
    private static (int Order, int Width) Best(ReadOnlySpan<long> values)
    {
        Span<int> first = stackalloc int[65];
        Span<int> second = stackalloc int[65];
        first.Clear();
        second.Clear();
        first[0] = second[0] = 1;
        var (previous, slope, smallest, largest) = (values[0], 0L, values[0], values[0]);
        for (var i = 1; i < values.Length; i++)
        {
            var delta = unchecked(values[i] - previous);
            var turn = unchecked(delta - slope);
            first[BitPacking.BitsOf((ulong)((delta << 1) ^ (delta >> 63)))]++;
            second[BitPacking.BitsOf((ulong)((turn << 1) ^ (turn >> 63)))]++;
            (previous, slope) = (values[i], delta);
            (smallest, largest) = (Math.Min(smallest, values[i]), Math.Max(largest, values[i]));
        }

        var plainWidth = BitPacking.BitsOf(unchecked((ulong)(largest - smallest)));
        var firstWidth = BitPacking.BestWidth(first, values.Length, out var firstBits);
        var secondWidth = BitPacking.BestWidth(second, values.Length, out var secondBits);
        var plainBits = plainWidth <= BitPacking.MaximumWidth ? (long)plainWidth * values.Length : long.MaxValue;
        if (plainBits <= firstBits && plainBits <= secondBits) return (0, plainWidth);
        return firstBits <= secondBits ? (1, firstWidth) : (2, secondWidth);
    }

    /// <summary>There are as many residuals as values; where an order says nothing about the first ones, they are zero.</summary>
    /// <returns>The value to start from.</returns>
    private static long Residuals(ReadOnlySpan<long> values, int order, Span<ulong> residuals)
    {
        var start = values[0];
        if (order == 0)
        {
            foreach (var value in values) start = Math.Min(start, value);
            for (var i = 0; i < values.Length; i++) residuals[i] = unchecked((ulong)(values[i] - start));
            return start;
        }

        residuals[0] = 0;
        var (previous, slope) = (start, 0L);
        for (var i = 1; i < values.Length; i++)
        {
            var delta = unchecked(values[i] - previous);
            var residual = order == 1 ? delta : unchecked(delta - slope);
            residuals[i] = (ulong)((residual << 1) ^ (residual >> 63));
            (previous, slope) = (values[i], delta);
        }

        return start;
    }

    private static long[] Restore(ReadOnlySpan<ulong> residuals, int order, long start)
    {
        var values = new long[residuals.Length];
        var (value, slope) = (start, 0L);
        for (var i = 0; i < values.Length; i++)
        {
            if (order == 0)
            {
                values[i] = unchecked(start + (long)residuals[i]);
                continue;
            }

            var residual = (long)(residuals[i] >> 1) ^ -(long)(residuals[i] & 1);
            slope = order == 1 ? residual : unchecked(slope + residual);
            values[i] = value = unchecked(value + slope);
        }

        return values;
    }

    private static void WriteExceptions(ByteWriter to, ReadOnlySpan<ulong> residuals, int width)
    {
        var count = 0;
        foreach (var residual in residuals) count += residual >> width == 0 ? 0 : 1;
        to.Varint(count);
        var last = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            if (residuals[i] >> width == 0) continue;
            to.Varint(i - last);
            to.Varint(residuals[i] >> width);
            last = i;
        }
    }
}
