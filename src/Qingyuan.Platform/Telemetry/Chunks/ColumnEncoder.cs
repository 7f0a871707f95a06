using System.Buffers.Binary;
using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>One column to bytes.</summary>
internal static class ColumnEncoder
{
    /// <param name="to">Where to.</param>
    /// <param name="column">In order of rows.</param>
    /// <param name="rows">Rows of the chunk.</param>
    /// <param name="commonFlag">The flag that need not be said.</param>
    public static void Write(ByteWriter to, Column column, int rows, int commonFlag)
    {
        var start = to.Length;
        to.Take(2);
        var head = WritePresence(to, column, rows);
        head |= WriteMantissas(to, column);
        if (!column.Flags.IsCommon || column.Flags.Common != commonFlag)
        {
            head |= ChunkFormat.Flagged;
            WriteFlags(to, column, commonFlag);
        }

        if (!column.SampleTicks.IsCommon || column.SampleTicks.Common != Column.NoSampleTime)
        {
            head |= ChunkFormat.Sampled;
            WriteSampleTimes(to, column);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(to.At(start, 2), (ushort)head);
    }

    private static int WritePresence(ByteWriter to, Column column, int rows)
    {
        if (column.IsDense && column.Count == rows) return ChunkFormat.AllRows;
        var bitmap = (rows + 7) / 8;
        if (column.Count * 2 < bitmap)
        {
            to.Varint(column.Count);
            var last = -1;
            for (var cell = 0; cell < column.Count; cell++)
            {
                to.Varint(column.Row(cell) - last - 1);
                last = column.Row(cell);
            }

            return ChunkFormat.RowList;
        }

        var bits = to.Take(bitmap);
        bits.Clear();
        for (var cell = 0; cell < column.Count; cell++)
        {
            var row = column.Row(cell);
            bits[row >> 3] |= (byte)(1 << (row & 7));
        }

        return ChunkFormat.RowBitmap;
    }

    private static int WriteMantissas(ByteWriter to, Column column)
    {
        if (column.Decimals is { IsCommon: true, Common: <= DecimalText.MaximumDecimals and var decimals })
            return (decimals << ChunkFormat.DecimalsShift) | Head(IntSeries.Write(to, column.Mantissas));

        var (scaled, shown, scale) = Scale(column);
        var head = ChunkFormat.Irregular | (scale << ChunkFormat.DecimalsShift) | Head(IntSeries.Write(to, scaled));
        WriteTexts(to, column, shown);
        WriteDecimals(to, scaled, shown, scale);
        return head;
    }

    private static int Head(SeriesForm form) => (form.Code << ChunkFormat.SeriesShift) | (form.HasExceptions ? ChunkFormat.Exceptions : 0);

    /// <summary>All mantissas with the same number of decimals, so that differences stay small. What cannot be scaled is shown as text.</summary>
    private static (int[] Scaled, byte[] Shown, int Scale) Scale(Column column)
    {
        var scale = 0;
        for (var cell = 0; cell < column.Count; cell++)
            if (column.Decimals[cell] != Column.Verbatim) scale = Math.Max(scale, column.Decimals[cell]);

        var (scaled, shown, previous) = (new int[column.Count], new byte[column.Count], 0);
        for (var cell = 0; cell < column.Count; cell++)
        {
            shown[cell] = column.Decimals[cell];
            if (shown[cell] != Column.Verbatim && DecimalText.TryScale(column.Mantissas[cell], scale - shown[cell], out var value)) previous = value;
            else shown[cell] = Column.Verbatim;
            scaled[cell] = previous;
        }

        return (scaled, shown, scale);
    }

    /// <summary>The overflow section: what is not a number of nine digits goes as it came.</summary>
    private static void WriteTexts(ByteWriter to, Column column, byte[] shown)
    {
        to.Varint(shown.AsSpan().Count(Column.Verbatim));
        var last = 0;
        for (var cell = 0; cell < shown.Length; cell++)
        {
            if (shown[cell] != Column.Verbatim) continue;
            to.Varint(cell - last);
            to.Text(column.Text(cell));
            last = cell;
        }
    }

    private static void WriteDecimals(ByteWriter to, int[] scaled, byte[] shown, int scale)
    {
        var (uniform, trimmed) = (true, true);
        for (var cell = 0; cell < shown.Length && (uniform || trimmed); cell++)
        {
            if (shown[cell] == Column.Verbatim) continue;
            uniform &= shown[cell] == scale;
            trimmed &= shown[cell] == DecimalText.Trimmed(scaled[cell], scale);
        }

        to.Byte(uniform ? ChunkFormat.DecimalsUniform : trimmed ? ChunkFormat.DecimalsTrimmed : ChunkFormat.DecimalsRuns);
        if (uniform || trimmed) return;
        foreach (var (value, length) in Runs(shown.Length, cell => shown[cell]))
        {
            to.Varint(length);
            to.Byte((byte)value);
        }
    }

    /// <summary>Only runs of other flags than the common one.</summary>
    private static void WriteFlags(ByteWriter to, Column column, int commonFlag)
    {
        if (column.Flags.IsCommon)
        {
            to.Varint(1);
            to.Varint(0);
            to.Varint(column.Count);
            to.Varint(column.Flags.Common);
            return;
        }

        var flags = column.Flags.Items(column.Count);
        var count = 0;
        for (var at = 0; NextRun(flags, commonFlag, at, out var length) is var first and >= 0; at = first + length) count++;
        to.Varint(count);
        var end = 0;
        while (NextRun(flags, commonFlag, end, out var length) is var first and >= 0)
        {
            to.Varint(first - end);
            to.Varint(length);
            to.Varint(flags[first]);
            end = first + length;
        }
    }

    /// <returns>Where the next run of another flag than the common one begins; negative when there is none.</returns>
    private static int NextRun(ReadOnlySpan<int> flags, int commonFlag, int from, out int length)
    {
        length = 0;
        var skipped = flags[from..].IndexOfAnyExcept(commonFlag);
        if (skipped < 0) return -1;
        var rest = flags[(from + skipped)..];
        length = rest.IndexOfAnyExcept(rest[0]) is var other and >= 0 ? other : rest.Length;
        return from + skipped;
    }

    private static void WriteSampleTimes(ByteWriter to, Column column)
    {
        var times = column.SampleTicks;
        var runs = Runs(column.Count, cell => times[cell]);
        var seconds = runs.TrueForAll(run => run.Value == Column.NoSampleTime || run.Value % TimeSpan.TicksPerSecond == 0);
        var unit = seconds ? TimeSpan.TicksPerSecond : 1;
        to.Byte((byte)(seconds ? 1 : 0));
        to.Varint(runs.Count);
        long last = 0;
        foreach (var (value, length) in runs)
        {
            var none = value == Column.NoSampleTime;
            to.Varint(((ulong)length << 1) | (none ? 1UL : 0));
            if (none) continue;
            to.Zigzag((value / unit) - last);
            last = value / unit;
        }
    }

    private static List<(long Value, int Length)> Runs(int count, Func<int, long> value)
    {
        var runs = new List<(long Value, int Length)>();
        for (var cell = 0; cell < count; cell++)
        {
            if (runs.Count > 0 && runs[^1].Value == value(cell)) runs[^1] = (runs[^1].Value, runs[^1].Length + 1);
            else runs.Add((value(cell), 1));
        }

        return runs;
    }
}
