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
        Span<int> counts = chunk.Flags.Count <= 64 ? stackalloc int[chunk.Flags.Count] : new int[chunk.Flags.Count];
        var common = 0;
        for (var i = 0; i < chunk.Columns.Count; i++) counts[chunk.Columns[i].Flags.Common]++;
        for (var flag = 1; flag < counts.Length; flag++)
            if (counts[flag] > counts[common]) common = flag;
        _to.Varint(chunk.Flags.Count - 1);
        for (var i = 1; i < chunk.Flags.Count; i++) _to.Text(chunk.Flags[i]!); // only index 0 is null
        _to.Varint(common);
        return common;
    }

    private void WriteRows(Chunk chunk)
    {
        var rows = chunk.AllRows;
        var count = rows.Length;
        if (count == 0) return;
        Span<long> all = count <= 256 ? stackalloc long[4 * count] : new long[4 * count];
        var moments = all[..count];
        var batches = all.Slice(count, count);
        var ordinals = all.Slice(2 * count, count);
        var delays = all.Slice(3 * count, count);
        var start = chunk.Key.Start.Ticks;
        var seconds = true;
        for (var i = 0; i < count; i++)
        {
            ref readonly var row = ref rows[i];
            seconds &= row.DataTicks % TimeSpan.TicksPerSecond == 0;
            moments[i] = row.DataTicks - start;
            batches[i] = row.Frame.Batch;
            ordinals[i] = row.Frame.Ordinal;
            delays[i] = row.ReceivedMicros - ChunkFormat.MicrosOf(row.DataTicks);
        }

        if (seconds)
            foreach (ref var moment in moments) moment /= TimeSpan.TicksPerSecond;
        _to.Byte((byte)(seconds ? 1 : 0));
        for (var series = 0; series < 4; series++) LongSeries.Write(_to, all.Slice(series * count, count));
    }
}
