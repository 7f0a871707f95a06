using System.Numerics;
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
        Span<int> lengths = stackalloc int[33];
        lengths.Clear();
        Deltas(values, rest, lengths, out var smallest, out var largest);

        var width = BitPacking.BestWidth(lengths, values.Length - 1, out var bits);
        var plainWidth = BitPacking.BitsOf((ulong)((long)largest - smallest));
        if (plainWidth <= WidestPlain && (long)plainWidth * values.Length < bits)
        {
            for (var i = 0; i < values.Length; i++) rest[i] = (uint)(values[i] - smallest);
            to.Zigzag(smallest);
            BitPacking.Pack(rest, plainWidth, to.Take(BitPacking.Bytes(rest.Length, plainWidth)));
            return new(false, plainWidth, false);
        }

        to.Zigzag(values[0]);
        var differences = rest[..^1];
        BitPacking.Pack(differences, width, to.Take(BitPacking.Bytes(differences.Length, width)));
        var exceptions = 0;
        for (var length = width + 1; length < lengths.Length; length++) exceptions += lengths[length];
        if (exceptions > 0) WriteExceptions(to, differences, width, exceptions);
        return new(true, width, exceptions > 0);
    }

    public static int[] Read(ref ByteReader reader, int count, SeriesForm form)
    {
        var values = new int[count];
        if (count == 0) return values;
        var first = (int)reader.Zigzag();
        var packed = form.Delta ? count - 1 : count;
        var rest = Scratch(packed);
        BitPacking.Unpack(reader.Ahead, form.Width, rest);
        reader.Bytes(BitPacking.Bytes(packed, form.Width));
        if (form.HasExceptions) ReadExceptions(ref reader, rest, form.Width);
        if (form.Delta) Sum(first, rest, values);
        else
            for (var i = 0; i < values.Length; i++) values[i] = first + (int)rest[i];
        return values;
    }

    private static void Deltas(ReadOnlySpan<int> values, Span<uint> zigzag, Span<int> lengths, out int smallest, out int largest)
    {
        Fold(values, zigzag, out smallest, out largest);
        // Two counters in turn: neighbours are alike, and counting the same one twice running makes the processor wait for itself.
        Span<int> others = stackalloc int[33];
        others.Clear();
        var count = values.Length - 1;
        for (var i = 0; i + 1 < count; i += 2)
        {
            lengths[32 - BitOperations.LeadingZeroCount(zigzag[i])]++;
            others[32 - BitOperations.LeadingZeroCount(zigzag[i + 1])]++;
        }

        if ((count & 1) != 0) lengths[32 - BitOperations.LeadingZeroCount(zigzag[count - 1])]++;
        for (var i = 0; i < lengths.Length; i++) lengths[i] += others[i];
    }

    /// <summary>Zigzag differences, and the range. Nine digits each: a difference cannot overflow.</summary>
    private static void Fold(ReadOnlySpan<int> values, Span<uint> zigzag, out int smallest, out int largest)
    {
        smallest = largest = values[0];
        var i = 1;
        if (Vector.IsHardwareAccelerated && values.Length > Vector<int>.Count)
        {
            var (low, high) = (new Vector<int>(smallest), new Vector<int>(largest));
            for (; i + Vector<int>.Count <= values.Length; i += Vector<int>.Count)
            {
                var here = new Vector<int>(values[i..]);
                var delta = here - new Vector<int>(values[(i - 1)..]);
                Vector.AsVectorUInt32((delta << 1) ^ (delta >> 31)).CopyTo(zigzag[(i - 1)..]);
                (low, high) = (Vector.Min(low, here), Vector.Max(high, here));
            }

            for (var lane = 0; lane < Vector<int>.Count; lane++) (smallest, largest) = (Math.Min(smallest, low[lane]), Math.Max(largest, high[lane]));
        }

        for (; i < values.Length; i++)
        {
            var delta = values[i] - values[i - 1];
            zigzag[i - 1] = (uint)((delta << 1) ^ (delta >> 31));
            (smallest, largest) = (Math.Min(smallest, values[i]), Math.Max(largest, values[i]));
        }
    }

    private static void Sum(int first, ReadOnlySpan<uint> zigzag, Span<int> values)
    {
        values[0] = first;
        var value = first;
        for (var i = 0; i < zigzag.Length; i++)
        {
            var folded = zigzag[i];
            value += (int)(folded >> 1) ^ -(int)(folded & 1);
            values[i + 1] = value;
        }
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
