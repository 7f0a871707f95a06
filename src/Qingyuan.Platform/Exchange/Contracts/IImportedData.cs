using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Contracts;

/// <summary>Where an imported value came from: without it none is shown.</summary>
public sealed record ImportSource(Guid Import, string FileName, int Row, string By, DateTimeOffset At);

/// <summary>A result of a laboratory.</summary>
/// <param name="At">Wall clock of the station at which the sample was taken.</param>
/// <param name="Value">Exactly as typed: a decimal, <c>&lt;0.5</c>, <c>0.5L</c> or <c>ND</c>.</param>
/// <param name="Contradicts">Another import gives another value for the same station, factor and time.</param>
public sealed record LaboratoryResult(
    int StationNo, string Factor, DateTime At, string Value, string? Unit, string? Method, string? Laboratory, string? SampleNumber, string? Remark, bool Contradicts, ImportSource Source);

/// <summary>A value that another system had stored. Never telemetry: what it shows was not received from the station's logger by this platform.</summary>
/// <param name="At">Wall clock: the moment, or the start of the period.</param>
public sealed record ImportedValue(int StationNo, string Factor, Resolution Period, DateTime At, string Value, string? Unit, string? Flag, bool Contradicts, ImportSource Source);

/// <summary>Which imported data. Wall clock; <paramref name="From"/> is included, <paramref name="To"/> is not.</summary>
public sealed record ImportedQuery(int? StationNo = null, string? Factor = null, DateTime? From = null, DateTime? To = null, Resolution? Period = null, int Limit = 100, string? After = null);

/// <summary>A laboratory's result beside what the analyser measured.</summary>
/// <param name="HourMean">The logger's mean of the hour in which the sample was taken, null when none came.</param>
/// <param name="Nearest">The real-time value nearest to the sample, at most half an hour away.</param>
/// <param name="Difference">The station's value (the hour's mean, else the nearest one) less the laboratory's; null where the two cannot be subtracted: no decimal, or another unit.</param>
/// <param name="RelativePercent">The same by the laboratory's value, with one decimal; null when that is zero.</param>
/// <remarks>Information for a person. It is no comparison test of a standard, which takes pairs and conditions of its own.</remarks>
public sealed record LaboratoryComparison(LaboratoryResult Result, ReadingRow? HourMean, ReadingRow? Nearest, decimal? Difference, decimal? RelativePercent);

/// <summary>Reads what was imported and counts. Rows of drafts and of undone imports are never among it.</summary>
public interface IImportedData
{
    /// <summary>By time.</summary>
    Task<Page<LaboratoryResult>> LaboratoryAsync(ImportedQuery query, IReadOnlySet<int>? scope, CancellationToken ct);

    /// <summary>By time.</summary>
    Task<Page<ImportedValue>> ValuesAsync(ImportedQuery query, IReadOnlySet<int>? scope, CancellationToken ct);

    /// <summary>The newest results of a station beside its own values.</summary>
    Task<IReadOnlyList<LaboratoryComparison>> CompareAsync(int stationNo, int most, CancellationToken ct);

    /// <summary>Whether <paramref name="after"/> is what a page gave as next.</summary>
    bool IsPlace(string after);
}
