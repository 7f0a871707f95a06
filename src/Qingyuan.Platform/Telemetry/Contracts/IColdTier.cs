namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>One file of a cold part.</summary>
/// <param name="Sha256">Of its bytes, hex.</param>
public sealed record ColdFile(string Name, long Bytes, string Sha256);

/// <summary>What one run moved of one month: written once, never changed. What arrives later for the month makes a further part.</summary>
/// <param name="Month"><c>yyyy-MM</c> of the sampled moments, station clock.</param>
/// <param name="Number">1 for the first part of a month.</param>
/// <param name="Stations">Their numbers, ascending.</param>
/// <param name="Values">Measured values in it.</param>
/// <param name="Sources">Moments of frames they came with.</param>
/// <param name="NewestReceipt">When the newest of them was received; null in parts of earlier releases, where the sources say it.</param>
public sealed record ColdPart(string Month, int Number, DateTimeOffset WrittenAt, IReadOnlyList<int> Stations, long Values, long Sources, IReadOnlyList<ColdFile> Files, DateTimeOffset? NewestReceipt = null);

/// <summary>What one run of the move did.</summary>
/// <param name="Months">Months whose hot chunks are gone.</param>
/// <param name="Left">Months that stay hot for now, with the reason: <c>damaged</c>, <c>changed</c>.</param>
public sealed record ColdRun(IReadOnlyList<ColdPart> Parts, IReadOnlyList<string> Months, IReadOnlyList<string> Left);

/// <summary>Moves measured values whose age exceeds the policy from the database to Parquet files, whole months at a time. Reading finds them there.</summary>
public interface IColdTier
{
    /// <summary>Where the files are.</summary>
    string Folder { get; }

    /// <summary>By month, then number.</summary>
    IReadOnlyList<ColdPart> Parts();

    /// <summary>Moves what is due now.</summary>
    Task<ColdRun> RunAsync(CancellationToken ct);
}

/// <summary>When a month becomes cold, and who is told of it. Declared here and implemented by the slice that keeps the policy.</summary>
public interface IColdPolicy
{
    /// <summary>Beyond two years values are cold unless the policy says otherwise.</summary>
    const int UsualMonths = 24;

    /// <summary>Whole months that must lie between a month's end and now.</summary>
    Task<int> MonthsAsync(CancellationToken ct);

    /// <summary>Enters the part into the ledger. Telling it again changes nothing.</summary>
    Task EnterAsync(ColdPart part, CancellationToken ct);
}

/// <summary>The MN of a station, for files that outsiders read. Declared here and implemented by the slice that keeps the archive.</summary>
public interface ILoggerIds
{
    /// <summary>Null when the station is not filed.</summary>
    string? Of(int stationNo);
}
