namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>What is kept by whole months.</summary>
public enum TelemetryClass
{
    /// <summary>Raw frames with their index, by month received (UTC).</summary>
    Frames,

    /// <summary>Measured values, hot and cold, with their contradictions, by month sampled (station clock).</summary>
    Values,

    /// <summary>What rules derived, by the period's month (station clock).</summary>
    Results,
}

/// <summary>A stretch of the log that is gone: the hash it began behind and the hash it ended with, hex.</summary>
public sealed record LogStretch(string Before, string After, long LastBatch);

/// <summary>What a class holds of a month.</summary>
/// <param name="Month"><c>yyyy-MM</c>.</param>
/// <param name="Items">Frames, values, or results.</param>
/// <param name="NewestReceipt">Of values: when the newest of them was received, which may be years after the month that its logger wrote on it. Else null.</param>
public sealed record MonthSize(string Month, long Bytes, long Items, DateTimeOffset? NewestReceipt = null);

/// <summary>The same with what stands for it when it is gone.</summary>
/// <param name="Files">Files with their SHA-256; on a server its tables, with the SHA-256 over their rows in order.</param>
/// <param name="Stretches">Of frames: usually one.</param>
/// <param name="NewestReceipt">As in <see cref="MonthSize"/>.</param>
public sealed record MonthContent(string Month, long Bytes, long Items, IReadOnlyList<ColdFile> Files, IReadOnlyList<LogStretch> Stretches, DateTimeOffset? NewestReceipt = null);

/// <summary>Whole months of telemetry. The only way by which frames, values or results ever leave; given to the retention desk alone, which asks two persons first.</summary>
public interface ITelemetryMonths
{
    /// <summary>Months from <paramref name="from"/> to <paramref name="to"/> (years times twelve plus month, both included) that hold something, ascending.</summary>
    Task<IReadOnlyList<MonthSize>> LookAsync(TelemetryClass kind, int from, int to, CancellationToken ct);

    /// <summary>Reads the month through. Null when it holds nothing.</summary>
    Task<MonthContent?> DescribeAsync(TelemetryClass kind, int month, CancellationToken ct);

    /// <summary>Removes the month. Doing it again changes nothing.</summary>
    /// <returns>The newest batch that was stored by then: of values, no frame up to it brings any of this month again. Null, and nothing is removed, while another works on months.</returns>
    Task<long?> DeleteAsync(TelemetryClass kind, int month, CancellationToken ct);
}

/// <summary>Months that are gone by decision and not lost. Declared here and implemented by the slice that decides.</summary>
public interface IDeletedMonths
{
    /// <summary>Of frames, with what stood for them.</summary>
    Task<IReadOnlyList<MonthContent>> FramesAsync(CancellationToken ct);

    /// <summary>Of values: month (years times twelve plus month) and what <see cref="ITelemetryMonths.DeleteAsync"/> said.</summary>
    Task<IReadOnlyDictionary<int, long>> ValuesAsync(CancellationToken ct);
}
