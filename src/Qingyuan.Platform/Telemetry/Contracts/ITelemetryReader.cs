namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>Which readings. Times are station wall clock; <paramref name="From"/> is included, <paramref name="To"/> is not.</summary>
public sealed record SeriesQuery(int StationNo, string Factor, DateTime From, DateTime To, Resolution Resolution, bool Derived = false);

/// <summary>One point of a series. For real-time values <paramref name="Min"/> and <paramref name="Max"/> are null.</summary>
/// <param name="At">Station wall clock: the moment, or the start of the period.</param>
/// <param name="Value">Exactly as sent (reported) or as computed with its rounding (derived); null when the period is judged but has no value.</param>
/// <param name="Converted">Value at reference oxygen, where there is one.</param>
/// <param name="Verdict">For derived rows what the rule concluded; null for reported ones.</param>
/// <param name="Frame">The frame the value came from; null for derived rows.</param>
public sealed record ReadingRow(
    DateTime At, string? Value, string? Converted, string? Min, string? Max, string? Flag, DateTime? SampleTime, string? Verdict, FrameId? Frame);

/// <summary>The newest real-time value of one factor.</summary>
public sealed record LatestValue(
    string Factor, string Quantity, string Text, string? Flag, DateTime SampledAt, DateTimeOffset ReceivedAt, FrameId Frame);

/// <summary>Reads values: open chunks from memory, closed ones from disk, as one.</summary>
public interface ITelemetryReader
{
    Task<IReadOnlyList<ReadingRow>> ReadAsync(SeriesQuery query, CancellationToken ct);

    /// <summary>All values of all factors of one station in one period, as they were sent.</summary>
    Task<IReadOnlyList<ReportedValues>> ReadAllAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct);

    Task<IReadOnlyList<LatestValue>> LatestAsync(int stationNo, CancellationToken ct);
}
