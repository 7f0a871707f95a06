using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>What a part is made of: packed chunks of whole stations, and their values in the order of the files.</summary>
internal sealed class ColdContent(CodeBook codes)
{
    // No factor is called that: a chunk's moments without its columns.
    private const string None = "\0";

    private readonly List<(ChunkKey Key, byte[] Bytes, int FirstSource)> _chunks = [];
    private readonly SortedSet<string> _factors = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _stations = [];
    private long _newestMicros = long.MinValue;

    /// <summary>Packed size.</summary>
    public long Bytes { get; private set; }

    public long Values { get; private set; }

    public int SourceCount { get; private set; }

    /// <summary>When the newest value in it was received; null while there is none.</summary>
    public DateTimeOffset? NewestReceipt => _newestMicros is long.MinValue ? null : Micros.Instant(_newestMicros);

    public IReadOnlyList<int> Stations => [.. _stations];

    /// <summary>Adds a chunk; by station, period length and period.</summary>
    /// <exception cref="ChunkCorruptException">Its bytes are not those that were stored.</exception>
    public void Add(ChunkKey key, byte[] bytes)
    {
        var chunk = ChunkDecoder.Decode(key, bytes, codes);
        _chunks.Add((key, bytes, SourceCount));
        foreach (var column in chunk.Columns) _factors.Add(column.Factor);
        _stations.Add(key.StationNo);
        _newestMicros = Math.Max(_newestMicros, chunk.NewestMicros);
        (Bytes, Values, SourceCount) = (Bytes + bytes.Length, Values + chunk.Cells, SourceCount + chunk.Rows.Count);
    }

    /// <summary>In the order of their numbers: station, period length, time.</summary>
    public IEnumerable<ColdSource> Sources() =>
        from entry in _chunks
        let chunk = ChunkDecoder.Decode(entry.Key, entry.Bytes, codes, None)
        from row in chunk.Rows
        select new ColdSource(entry.Key.StationNo, entry.Key.Resolution, row.DataTicks, row.Frame, row.ReceivedMicros);

    /// <summary>In the order of the file: factor, station, period length, quantity, time.</summary>
    public IEnumerable<ColdRow> Rows()
    {
        foreach (var factor in _factors)
        {
            foreach (var series in _chunks.GroupBy(entry => (entry.Key.StationNo, entry.Key.Resolution)))
            {
                var chunks = series.Select(entry => (Chunk: ChunkDecoder.Decode(entry.Key, entry.Bytes, codes, factor), entry.FirstSource)).ToList();
                foreach (var quantity in chunks.SelectMany(entry => entry.Chunk.Columns).Select(column => column.Quantity).Distinct().Order(StringComparer.Ordinal))
                foreach (var (chunk, first) in chunks)
                foreach (var row in Rows(chunk, first, factor, quantity)) yield return row;
            }
        }
    }

    private static IEnumerable<ColdRow> Rows(Chunk chunk, int firstSource, string factor, string quantity)
    {
        if (chunk.Find(factor, quantity) is not { } column) yield break;
        for (var cell = 0; cell < column.Count; cell++)
        {
            var (row, isText) = (column.Row(cell), column.Decimals[cell] == Column.Verbatim);
            yield return new(
                chunk.Key.StationNo, factor, chunk.Key.Resolution, quantity, chunk.Rows[row].DataTicks, isText ? 0 : column.Mantissas[cell], isText ? (byte)0 : column.Decimals[cell],
                isText ? column.Text(cell) : null, chunk.Flags[column.Flags[cell]], column.SampleTicks[cell], firstSource + row);
        }
    }
}
