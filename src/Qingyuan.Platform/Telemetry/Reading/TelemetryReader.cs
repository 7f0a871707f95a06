using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Reading;

/// <summary>Reads values: chunks in memory first, else from the database and the cold files together.</summary>
internal sealed class TelemetryReader(
    OpenChunks open, IChunkStore store, ColdStore cold, LatestValues latest, IDerivedStore derived, TelemetryMetrics metrics, ILogger<TelemetryReader> logger) : ITelemetryReader
{
    private const int Few = 3;

    public async Task<IReadOnlyList<ReadingRow>> ReadAsync(SeriesQuery query, CancellationToken ct)
    {
        if (query.Derived) return await ReadDerivedAsync(query, ct);
        var rows = new List<ReadingRow>();
        foreach (var part in Parts(query.Resolution, query.StationNo, query.From, query.To, query.Factor, chunk => SeriesRows.Of(chunk, query), ct)) rows.AddRange(part);
        return rows;
    }

    public Task<IReadOnlyList<ReportedValues>> ReadAllAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct)
    {
        var values = new List<ReportedValues>();
        foreach (var part in Parts(resolution, stationNo, from, to, null, chunk => FrameRows.Of(chunk, from, to), ct)) values.AddRange(part);
        return Task.FromResult<IReadOnlyList<ReportedValues>>(values);
    }

    public Task<IReadOnlyList<LatestValue>> LatestAsync(int stationNo, CancellationToken ct) => Task.FromResult(latest.Of(stationNo));

    /// <summary>What <paramref name="look"/> makes of each chunk of the range, in order of time.</summary>
    private List<T> Parts<T>(Resolution resolution, int stationNo, DateTime from, DateTime to, string? factor, Func<Chunk, T> look, CancellationToken ct)
    {
        var parts = new SortedDictionary<int, T>();
        var onDisk = new List<ChunkKey>();
        foreach (var key in ChunkKey.Between(resolution, from, to, stationNo))
        {
            if (open.Find(key) is { } chunk) parts[key.Period] = chunk.Look(look);
            else onDisk.Add(key);
        }

        // Few: an hour that is judged, of all stations at once. A year's hours are asked for together.
        var stored = onDisk.Count <= Few ? onDisk.FindAll(open.MayBeOnDisk) : onDisk;
        foreach (var (key, bytes) in store.Read(stored))
        {
            ct.ThrowIfCancellationRequested();
            var hot = Decode(key, bytes, factor);
            parts[key.Period] = look(Cold(key, factor) is { } earlier ? ColdStore.Merge(earlier, hot) : hot);
        }

        foreach (var key in onDisk.Where(key => !parts.ContainsKey(key.Period)))
        {
            ct.ThrowIfCancellationRequested();
            if (Cold(key, factor) is { } chunk) parts[key.Period] = look(chunk);
        }

        return [.. parts.Values];
    }

    private Chunk Decode(ChunkKey key, byte[] bytes, string? factor)
    {
        try
        {
            return ChunkDecoder.Decode(key, bytes, store.Codes(key), factor);
        }
        catch (ChunkCorruptException error)
        {
            metrics.Corrupt();
            Log.Damaged(logger, error.Message);
            throw;
        }
    }

    private Chunk? Cold(ChunkKey key, string? factor)
    {
        try
        {
            return cold.Find(key, factor);
        }
        catch (ColdFileException error)
        {
            metrics.Corrupt();
            Log.Damaged(logger, error.Message);
            throw;
        }
    }

    private async Task<IReadOnlyList<ReadingRow>> ReadDerivedAsync(SeriesQuery query, CancellationToken ct)
    {
        if (query.Resolution is not (Resolution.Hour or Resolution.Day)) return [];
        var periods = await derived.ReadAsync(query.StationNo, query.Resolution, query.From, query.To, ct);
        return
        [
            .. from period in periods
               from value in period.Values
               where value.Factor == query.Factor
               select new ReadingRow(period.Start, value.Value, value.Converted, value.Min, value.Max, value.Mark, null, value.Verdict, null),
        ];
    }
}
