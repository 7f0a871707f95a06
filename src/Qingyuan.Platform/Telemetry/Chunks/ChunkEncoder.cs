using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Chunk to bytes. See <see cref="ChunkFormat"/>. Keeps its buffers; not safe for two threads.</summary>
internal sealed class ChunkEncoder
{
    private readonly ByteWriter _columns = new(8192);
    private readonly ByteWriter _to = new(8192);
    private List<(string Factor, string Quantity, int Code)> _known = [];
    private CodeBook? _codes;

    public byte[] Encode(Chunk chunk, CodeBook codes)
    {
        if (!chunk.IsSorted) chunk = chunk.Sorted();
        _to.Clear();
        _columns.Clear();
        _to.Byte(ChunkFormat.Version);
        _to.Varint(chunk.Rows.Count);
        _to.Varint(chunk.Columns.Count);
        var common = WriteFlags(chunk);
        WriteRows(chunk);

        var last = 0;
        for (var i = 0; i < chunk.Columns.Count; i++)
        {
            var column = chunk.Columns[i];
            var before = _columns.Length;
            ColumnEncoder.Write(_columns, column, chunk.Rows.Count, common);
            var code = CodeOf(column, i, codes);
            _to.Zigzag(code - last - 1);
            _to.Varint(_columns.Length - before);
            last = code;
        }

        _to.Bytes(_columns.Written);
        _to.UInt32(ChunkFormat.Checksum(chunk.Key, _to.Written));
        return _to.ToArray();
    }

    /// <summary>Stations of one kind have the same columns, so the chunk before usually knows.</summary>
    private int CodeOf(Column column, int index, CodeBook codes)
    {
        if (!ReferenceEquals(codes, _codes)) (_codes, _known) = (codes, []);
        if (index < _known.Count && _known[index] is var known && known.Factor == column.Factor && known.Quantity == column.Quantity) return known.Code;
        var code = codes.CodeOf(column.Factor, column.Quantity);
        if (index < _known.Count) _known[index] = (column.Factor, column.Quantity, code);
        else if (index == _known.Count) _known.Add((column.Factor, column.Quantity, code));
        return code;
    }

    /// <summary>Flag texts, and the one that columns need not mention.</summary>
    private int WriteFlags(Chunk chunk)
    {
        var counts = new int[chunk.Flags.Count];
        foreach (var column in chunk.Columns) counts[column.Flags.Common]++;
        var common = Array.IndexOf(counts, counts.Max());
        _to.Varint(chunk.Flags.Count - 1);
        for (var i = 1; i < chunk.Flags.Count; i++) _to.Text(chunk.Flags[i]!); // only index 0 is null
        _to.Varint(common);
        return common;
    }

    private void WriteRows(Chunk chunk)
    {
        var count = chunk.Rows.Count;
        if (count == 0) return;
        var (moments, batches, ordinals, delays) = (new long[count], new long[count], new long[count], new long[count]);
        var seconds = true;
        for (var i = 0; i < count; i++)
        {
            var row = chunk.Rows[i];
            seconds &= row.DataTicks % TimeSpan.TicksPerSecond == 0;
            (moments[i], batches[i], ordinals[i]) = (row.DataTicks, row.Frame.Batch, row.Frame.Ordinal);
            delays[i] = row.ReceivedMicros - ChunkFormat.MicrosOf(row.DataTicks);
        }

        var unit = seconds ? TimeSpan.TicksPerSecond : 1;
        for (var i = 0; i < count; i++) moments[i] = (moments[i] - chunk.Key.Start.Ticks) / unit;
        _to.Byte((byte)(seconds ? 1 : 0));
        LongSeries.Write(_to, moments);
        LongSeries.Write(_to, batches);
        LongSeries.Write(_to, ordinals);
        LongSeries.Write(_to, delays);
    }
}
