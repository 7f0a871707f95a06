using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Twins;

/// <summary>Chunks and derived results in memory, with the promises of the contracts.</summary>
internal sealed class TelemetryInMemory : IChunkWriter, ITelemetryReader, IDerivedStore
{
    private readonly Dictionary<(int Station, Resolution Resolution, DateTime At), ReportedValues> _values = [];

    public Dictionary<(int Station, Resolution Resolution, DateTime Start), List<IReadOnlyList<DerivedValue>>> Revisions { get; } = [];

    public ValueTask<ApplyOutcome> ApplyAsync(int stationNo, ReportedValues values, CancellationToken ct) =>
        ValueTask.FromResult(_values.TryAdd((stationNo, values.Resolution, values.DataTime), values) ? ApplyOutcome.New : ApplyOutcome.Repeat);

    public Task CheckpointAsync(long appliedThrough, CancellationToken ct) => Task.CompletedTask;

    public Task<IReadOnlyList<ReadingRow>> ReadAsync(SeriesQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<ReportedValues>> ReadAllAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ReportedValues>>(
            [.. _values.Where(pair => pair.Key.Station == stationNo && pair.Key.Resolution == resolution && pair.Key.At >= from && pair.Key.At < to).OrderBy(pair => pair.Key.At).Select(pair => pair.Value)]);

    public Task<IReadOnlyList<LatestValue>> LatestAsync(int stationNo, CancellationToken ct)
    {
        var newest = _values.Where(pair => pair.Key.Station == stationNo && pair.Key.Resolution is Resolution.Realtime).OrderBy(pair => pair.Key.At).Select(pair => pair.Value).LastOrDefault();
        return Task.FromResult<IReadOnlyList<LatestValue>>(newest is null
            ? [] : [.. newest.Values.Select(value => new LatestValue(value.Factor, value.Quantity, value.Text, value.Flag, newest.DataTime, newest.ReceivedAt, newest.Frame))]);
    }

    public Task<bool> PutAsync(int stationNo, Resolution resolution, DateTime start, IReadOnlyList<DerivedValue> values, CancellationToken ct)
    {
        if (!Revisions.TryGetValue((stationNo, resolution, start), out var revisions)) Revisions.Add((stationNo, resolution, start), revisions = []);
        if (revisions.Count > 0 && revisions[^1].SequenceEqual(values)) return Task.FromResult(false);
        revisions.Add(values);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<(DateTime Start, IReadOnlyList<DerivedValue> Values)>> ReadAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(DateTime, IReadOnlyList<DerivedValue>)>>(
            [.. Revisions.Where(pair => pair.Key.Station == stationNo && pair.Key.Resolution == resolution && pair.Key.Start >= from && pair.Key.Start < to)
                .OrderBy(pair => pair.Key.Start).Select(pair => (pair.Key.Start, pair.Value[^1]))]);
}
