using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Times and frame ids of a chunk's rows: plain, differences, or differences of differences, whichever is smallest; packed with exceptions.</summary>
internal static class LongSeries
{
    private const int Orders = 3;

    public static void Write(ByteWriter to, ReadOnlySpan<long> values)
    {
        if (values.IsEmpty) return;
        var (best, order, width) = (long.MaxValue, 0, 0);
        for (var candidate = 0; candidate < Orders; candidate++)
        {
            var size = Measure(values, candidate, out var itsWidth);
            if (size < best) (best, order, width) = (size, candidate, itsWidth);
        }

        Residuals(values, order, out var start, out var residuals);
        to.Byte((byte)((order << 6) | width));
        to.Zigzag(start);
        var low = new uint[residuals.Length];
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
        var low = new uint[count];
        BitPacking.Unpack(reader.Ahead, width, low);
        reader.Bytes(BitPacking.Bytes(count, width));
        var residuals = new ulong[count];
        for (var i = 0; i < count; i++) residuals[i] = low[i];
        var at = 0;
        for (var exceptions = reader.Int(); exceptions > 0; exceptions--)
        {
            at += reader.Int();
            residuals[at] |= reader.Varint() << width;
        }

        return Restore(residuals, order, start);
    }

    private static long Measure(ReadOnlySpan<long> values, int order, out int width)
    {
        Residuals(values, order, out _, out var residuals);
        Span<int> lengths = stackalloc int[65];
        lengths.Clear();
        foreach (var residual in residuals) lengths[BitPacking.BitsOf(residual)]++;
        width = BitPacking.BestWidth(lengths, residuals.Length, out var bits);
        return bits;
    }

    /// <summary>Residuals have as many items as there are values; where an order says nothing about the first ones, they are zero.</summary>
    private static void Residuals(ReadOnlySpan<long> values, int order, out long start, out ulong[] residuals)
    {
        residuals = new ulong[values.Length];
        start = values[0];
        if (order == 0)
        {
            foreach (var value in values) start = Math.Min(start, value);
            for (var i = 0; i < values.Length; i++) residuals[i] = unchecked((ulong)(values[i] - start));
            return;
        }

        var (previous, slope) = (values[0], 0L);
        for (var i = 1; i < values.Length; i++)
        {
            var delta = unchecked(values[i] - previous);
            var residual = order == 1 ? delta : unchecked(delta - slope);
            residuals[i] = (ulong)((residual << 1) ^ (residual >> 63));
            (previous, slope) = (values[i], delta);
        }
    }

    private static long[] Restore(ulong[] residuals, int order, long start)
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
