using System.Buffers.Binary;
using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Bytes to one column.</summary>
internal static class ColumnDecoder
{
    /// <param name="bytes">The column.</param>
    /// <param name="ahead">The column and what follows it, so that unpacking may look past its end.</param>
    /// <param name="factor">As sent.</param>
    /// <param name="quantity">As sent.</param>
    /// <param name="rows">Rows of the chunk.</param>
    /// <param name="commonFlag">The flag that was not said.</param>
    public static Column Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> ahead, string factor, string quantity, int rows, int commonFlag)
    {
        var head = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        var reader = new ByteReader(ahead);
        reader.Bytes(2);
        var places = ReadPresence(ref reader, head & ChunkFormat.Presence, rows);
        var count = places?.Length ?? rows;
        var decimals = (byte)((head >> ChunkFormat.DecimalsShift) & 0xF);
        var mantissas = IntSeries.Read(ref reader, count, SeriesForm.FromCode(head >> ChunkFormat.SeriesShift, (head & ChunkFormat.Exceptions) != 0));

        var shown = Lane<byte>.Of(decimals);
        List<string>? texts = null;
        if ((head & ChunkFormat.Irregular) != 0) (shown, texts) = ReadIrregular(ref reader, mantissas, decimals);
        var flags = (head & ChunkFormat.Flagged) != 0 ? ReadFlags(ref reader, count, commonFlag) : Lane<int>.Of(commonFlag);
        var times = (head & ChunkFormat.Sampled) != 0 ? ReadSampleTimes(ref reader, count) : Lane<long>.Of(Column.NoSampleTime);
        return Column.Of(factor, quantity, mantissas, places, shown, flags, times, texts);
    }

    private static int[]? ReadPresence(ref ByteReader reader, int form, int rows)
    {
        if (form == ChunkFormat.AllRows) return null;
        if (form == ChunkFormat.RowList)
        {
            var list = new int[reader.Int()];
            var last = -1;
            for (var i = 0; i < list.Length; i++) list[i] = last += reader.Int() + 1;
            return list;
        }

        var bits = reader.Bytes((rows + 7) / 8);
        var places = new List<int>(rows);
        for (var row = 0; row < rows; row++)
            if ((bits[row >> 3] & (1 << (row & 7))) != 0) places.Add(row);
        return [.. places];
    }

    /// <summary>Undoes the common scale: <paramref name="mantissas"/> become those of each cell's own decimals, or indexes of texts.</summary>
    private static (Lane<byte> Shown, List<string> Texts) ReadIrregular(ref ByteReader reader, int[] mantissas, int scale)
    {
        var shown = new byte[mantissas.Length];
        var texts = new List<string>();
        var textCells = new int[reader.Int()];
        var cell = 0;
        for (var i = 0; i < textCells.Length; i++)
        {
            textCells[i] = cell += reader.Int();
            texts.Add(reader.Text());
        }

        var form = reader.Byte();
        if (form == ChunkFormat.DecimalsUniform) shown.AsSpan().Fill((byte)scale);
        else if (form == ChunkFormat.DecimalsTrimmed)
            for (var i = 0; i < shown.Length; i++) shown[i] = (byte)DecimalText.Trimmed(mantissas[i], scale);
        else
            for (var i = 0; i < shown.Length;)
            {
                var length = reader.Int();
                shown.AsSpan(i, length).Fill(reader.Byte());
                i += length;
            }

        for (var i = 0; i < shown.Length; i++)
            if (shown[i] != Column.Verbatim) mantissas[i] = DecimalText.Unscale(mantissas[i], scale - shown[i]);
        for (var i = 0; i < textCells.Length; i++) (shown[textCells[i]], mantissas[textCells[i]]) = (Column.Verbatim, i);
        return (Lane<byte>.Of(shown), texts);
    }

    private static Lane<int> ReadFlags(ref ByteReader reader, int count, int commonFlag)
    {
        var flags = new int[count];
        flags.AsSpan().Fill(commonFlag);
        var at = 0;
        for (var runs = reader.Int(); runs > 0; runs--)
        {
            at += reader.Int();
            var length = reader.Int();
            flags.AsSpan(at, length).Fill(reader.Int());
            at += length;
        }

        return Lane<int>.Of(flags);
    }

    private static Lane<long> ReadSampleTimes(ref ByteReader reader, int count)
    {
        var times = new long[count];
        var unit = reader.Byte() == 1 ? TimeSpan.TicksPerSecond : 1;
        var (at, last) = (0, 0L);
        for (var runs = reader.Int(); runs > 0; runs--)
        {
            var said = reader.Varint();
            var length = (int)(said >> 1);
            if ((said & 1) == 0) last += reader.Zigzag();
            times.AsSpan(at, length).Fill((said & 1) == 0 ? last * unit : Column.NoSampleTime);
            at += length;
        }

        return Lane<long>.Of(times);
    }
}
