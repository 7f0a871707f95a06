using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Stations.Readings;

/// <summary>Answer of <c>GET /stations/{mn}/latest</c>.</summary>
internal sealed record LatestJson(string Mn, Liveness Link, IReadOnlyList<LatestValueJson> Data);

/// <param name="Name">Name of the factor in Chinese; its code when it is not filed for the station.</param>
/// <param name="Unit">As filed; null when it is not.</param>
/// <param name="Converted">Value at reference oxygen as the logger sent it.</param>
/// <param name="Verdict">What the rules make of it; null before they have spoken.</param>
internal sealed record LatestValueJson(
    string Factor, string Name, string? NameEn, string Value, string? Unit, string? Converted, string? Flag, DateTime SampledAt, DateTimeOffset ReceivedAt, string? Verdict, string FrameId);

/// <summary>Answer of <c>GET /stations/{mn}/readings</c>.</summary>
internal sealed record ReadingsJson(string Mn, string Factor, string? Unit, IReadOnlyList<ReadingJson> Items, string? Next);

internal sealed record ReadingJson(
    DateTime At, string? Value, string? Converted, string? Min, string? Max, string? Unit, string? Flag, DateTime? SampledAt, string? Verdict, string? FrameId)
{
    public static ReadingJson From(ReadingRow row, string? unit) =>
        new(row.At, row.Value, row.Converted, row.Min, row.Max, unit, row.Flag, row.SampleTime, row.Verdict, row.Frame?.ToString());
}
