using System.Runtime.Intrinsics;
using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>How a series of mantissas is packed.</summary>
/// <param name="Delta">Zigzag differences; else distances from the smallest value.</param>
/// <param name="Width">Bits of each.</param>
/// <param name="HasExceptions">Some need more bits; they follow.</param>
internal readonly record struct SeriesForm(bool Delta, int Width, bool HasExceptions)
{
    private const int PlainBase = BitPacking.MaximumWidth + 1;

    /// <summary>Six bits: 0–32 for differences, 33–63 for distances. A wider distance is never chosen.</summary>
    public int Code => Delta ? Width : PlainBase + Width;

    public static SeriesForm FromCode(int code, bool hasExceptions) => code < PlainBase ? new(true, code, hasExceptions) : new(false, code - PlainBase, hasExceptions);
}

/// <summary>The mantissas of one column: first value, then packed differences with exceptions. The hot loop of the store.</summary>
internal static class IntSeries
{
    private const int WidestPlain = 30;

    [ThreadStatic]
    private static uint[]? s_scratch;

    /// <summary>Writes the series; the form goes into the column's head.</summary>
    public static SeriesForm Write(ByteWriter to, ReadOnlySpan<int> values)
    {
        if (values.IsEmpty) return new(true, 0, false);
        var rest = Scratch(values.Length);
        var differences = rest[..^1];
        Fold(values, differences, out var smallest, out var largest);

        var packing = BitPacking.Best<uint>(differences);
        var plainWidth = BitPacking.BitsOf((ulong)((long)largest - smallest));
        if (plainWidth <= WidestPlain && (long)plainWidth * values.Length < packing.Bits)
        {
            for (var i = 0; i < values.Length; i++) rest[i] = (uint)(values[i] - smallest);
            to.Zigzag(smallest);
            BitPacking.Pack(to, rest, plainWidth);
            return new(false, plainWidth, false);
        }

        to.Zigzag(values[0]);
        BitPacking.Pack(to, differences, packing.Width);
        if (packing.Exceptions > 0) WriteExceptions(to, differences, packing.Width, packing.Exceptions);
        return new(true, packing.Width, packing.Exceptions > 0);
    }

    public static int[] Read(ref ByteReader reader, int count, SeriesForm form)
    {
        if (count == 0) return [];
        var values = new int[count];
        var first = (int)reader.Zigzag();
        var packed = form.Delta ? count - 1 : count;
        var whole = Scratch((packed + 7) & ~7); // unpacking goes by eights; what it finds behind the last one is not looked at
        BitPacking.Unpack(reader.Ahead, form.Width, whole);
        var rest = whole[..packed];
        reader.Bytes(BitPacking.Bytes(packed, form.Width));
        if (form.HasExceptions) ReadExceptions(ref reader, rest, form.Width);
        if (form.Delta) Sum(first, rest, values);
        else
            for (var i = 0; i < values.Length; i++) values[i] = first + (int)rest[i];
        return values;
    }

    /// <summary>Zigzag differences, and the range. Nine digits each: a difference cannot overflow.</summary>
    private static void Fold(ReadOnlySpan<int> values, Span<uint> zigzag, out int smallest, out int largest)
    {
        smallest = largest = values[0];
        var i = 1;
        if (Vector256.IsHardwareAccelerated && values.Length > Vector256<int>.Count)
        {
            var (low, high) = (Vector256.Create(smallest), Vector256.Create(largest));
            for (; i + Vector256<int>.Count <= values.Length; i += Vector256<int>.Count)
            {
                var here = Vector256.Create(values[i..]);
                var delta = here - Vector256.Create(values[(i - 1)..]);
                ((delta << 1) ^ (delta >> 31)).AsUInt32().CopyTo(zigzag[(i - 1)..]);
                (low, high) = (Vector256.Min(low, here), Vector256.Max(high, here));
            }

            // As ~x turns the order round, the smaller of ~x is the larger of x: one way for both.
            (smallest, largest) = (SmallestOf(low), ~SmallestOf(~high));
        }

        for (; i < values.Length; i++)
        {
            var delta = values[i] - values[i - 1];
            zigzag[i - 1] = (uint)((delta << 1) ^ (delta >> 31));
            (smallest, largest) = (Math.Min(smallest, values[i]), Math.Max(largest, values[i]));
        }
    }

    private static int SmallestOf(Vector256<int> values)
    {
        var four = Vector128.Min(values.GetLower(), values.GetUpper());
        four = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Math.Min(four[0], four[1]);
    }

    /// <summary>The values from their zigzag differences; four at a time where the processor can.</summary>
    private static void Sum(int first, ReadOnlySpan<uint> zigzag, Span<int> values)
    {
        values[0] = first;
        var i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var before = Vector128.Create(first);
            for (; i + 4 <= zigzag.Length; i += 4)
            {
                var folded = Vector128.Create(zigzag[i..]);
                var sums = ((folded >>> 1) ^ -(folded & Vector128<uint>.One)).AsInt32();
                sums += Vector128.Shuffle(sums, Vector128.Create(-1, 0, 1, 2)); // -1: a zero
                sums += Vector128.Shuffle(sums, Vector128.Create(-1, -1, 0, 1));
                sums += before;
                sums.CopyTo(values[(i + 1)..]);
                before = Vector128.Shuffle(sums, Vector128.Create(3));
            }
        }

        for (; i < zigzag.Length; i++) values[i + 1] = values[i] + ((int)(zigzag[i] >> 1) ^ -(int)(zigzag[i] & 1));
    }

    private static void WriteExceptions(ByteWriter to, ReadOnlySpan<uint> values, int width, int count)
    {
        to.Varint(count);
        var last = 0;
        for (var i = 0; count > 0; i++)
        {
            var high = (ulong)values[i] >> width;
            if (high == 0) continue;
            to.Varint(i - last);
            to.Varint(high);
            last = i;
            count--;
        }
    }

    private static void ReadExceptions(ref ByteReader reader, Span<uint> values, int width)
    {
        var at = 0;
        for (var count = reader.Int(); count > 0; count--)
        {
            at += reader.Int();
            values[at] |= (uint)(reader.Varint() << width);
        }
    }

    private static Span<uint> Scratch(int count)
    {
        if (s_scratch is null || s_scratch.Length < count) s_scratch = new uint[Math.Max(4096, count)];
        return s_scratch.AsSpan(0, count);
    }
}
