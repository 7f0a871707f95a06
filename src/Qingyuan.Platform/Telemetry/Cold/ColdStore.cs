using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Reading;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Chunks as they can be made again from cold files. Those given out are shared: nobody may write into them.</summary>
internal sealed class ColdStore(ColdCatalogue catalogue)
{
    private const int KeptMonths = 32;
    private const long KeptCells = 8_000_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Kept> _kept = []; // the one asked for last comes first

    /// <summary>The part of the chunk that is cold, null when none is. With <paramref name="factor"/>, perhaps only its columns.</summary>
    /// <exception cref="ColdFileException">A file is damaged.</exception>
    public Chunk? Find(ChunkKey key, string? factor = null) => catalogue.Of(key.Month).Count is 0 ? null : Month(key.Month, key.StationNo, factor).GetValueOrDefault(key);

    /// <summary>All chunks of one station and month.</summary>
    /// <exception cref="ColdFileException">A file is damaged.</exception>
    public IReadOnlyDictionary<ChunkKey, Chunk> Month(int month, int stationNo, string? factor = null) => Month(month, stationNo, factor, int.MaxValue);

    /// <summary>The same of the parts before one.</summary>
    /// <exception cref="ColdFileException">A file is damaged.</exception>
    public IReadOnlyDictionary<ChunkKey, Chunk> Before(int number, int month, int stationNo) => Month(month, stationNo, null, number);

    private IReadOnlyDictionary<ChunkKey, Chunk> Month(int month, int stationNo, string? factor, int before)
    {
        var parts = catalogue.Of(month).Where(part => part.Number < before && part.Stations.Contains(stationNo)).ToList();
        if (parts is []) return new Dictionary<ChunkKey, Chunk>();
        // By content: with other parts it is another question, and after a deletion another file may have an old name.
        var question = (string.Join(',', parts.Select(part => part.Files[0].Sha256)), stationNo, factor);
        if (Recall(question) is { } known) return known;
        var chunks = new Dictionary<ChunkKey, Chunk>();
        foreach (var part in parts) Add(chunks, part, stationNo, factor);
        Keep(new(question, chunks, chunks.Values.Sum(chunk => chunk.Cells)));
        return chunks;
    }

    /// <summary>A chunk with all that is in both; the first of two values of a moment stands.</summary>
    public static Chunk Merge(Chunk first, Chunk? second = null)
    {
        var merged = new Chunk(first.Key);
        foreach (var chunk in second is null ? [first] : new[] { first, second })
        foreach (var values in FrameRows.Of(chunk, DateTime.MinValue, DateTime.MaxValue)) merged.Apply(values, []);
        return merged;
    }

    private void Add(Dictionary<ChunkKey, Chunk> chunks, ColdPart part, int stationNo, string? factor)
    {
        catalogue.CheckOnce(part);
        var values = new SortedDictionary<int, List<ReportedValue>>();
        foreach (var row in ColdReader.Values(catalogue.ValuesOf(part), stationNo, factor))
        {
            if (!values.TryGetValue(row.Source, out var list)) values[row.Source] = list = [];
            list.Add(new(row.Factor, row.Quantity, row.Text, row.Flag, row.SampleTicks == Column.NoSampleTime ? null : new DateTime(row.SampleTicks)));
        }

        foreach (var (number, source) in ColdReader.Sources(catalogue.SourcesOf(part), stationNo))
        {
            if (!values.TryGetValue(number, out var its)) continue;
            var at = new DateTime(source.AtTicks);
            var key = ChunkKey.Of(source.Period, at, stationNo);
            if (!chunks.TryGetValue(key, out var chunk)) chunks[key] = chunk = new(key);
            chunk.Apply(new(source.Frame, source.Period, at, Micros.Instant(source.ReceivedMicros), its), []);
        }
    }

    private IReadOnlyDictionary<ChunkKey, Chunk>? Recall((string, int, string?) question)
    {
        lock (_gate)
        {
            if (_kept.FirstOrDefault(kept => kept.Question == question) is not { } found) return null;
            _kept.Remove(found);
            _kept.AddFirst(found);
            return found.Chunks;
        }
    }

    private void Keep(Kept kept)
    {
        lock (_gate)
        {
            _kept.AddFirst(kept);
            while (_kept.Count > 1 && (_kept.Count > KeptMonths || _kept.Sum(each => each.Cells) > KeptCells)) _kept.RemoveLast();
        }
    }

    private sealed record Kept((string Files, int StationNo, string? Factor) Question, IReadOnlyDictionary<ChunkKey, Chunk> Chunks, long Cells);
}
