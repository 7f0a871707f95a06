namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>Something in the store that is not as it was written.</summary>
/// <param name="Check"><c>batch</c> (its bytes), <c>chain</c> (its place behind the one before), <c>chunk</c> (its bytes, now or once, and not made anew), <c>cold</c> (the same of a cold part), <c>chunk-frame</c> (a value whose frame is not in the log), <c>file</c> (a database file that the engine cannot read).</param>
/// <param name="Where">Batch id or chunk.</param>
public sealed record TelemetryFinding(string Check, string Where, string Detail);

/// <summary>What reading everything found.</summary>
/// <param name="Head">SHA-256 of the last batch (hex): it stands for all batches before it. Empty when there is none.</param>
/// <param name="NewestFrame">When the newest frame was received; null when there is none.</param>
public sealed record TelemetryReport(long Batches, long Frames, long Chunks, string Head, DateTimeOffset? NewestFrame, IReadOnlyList<TelemetryFinding> Findings)
{
    public bool Ok => Findings.Count == 0;
}

/// <summary>Reads every frame and every chunk from the store and checks them: hashes of batches and their chain, checksums of chunks.</summary>
public interface ITelemetryAudit
{
    /// <param name="ct">Stops the walk.</param>
    /// <returns>At most a hundred findings of values and cold files and a hundred of frames; that part of the walk ends there.</returns>
    Task<TelemetryReport> RunAsync(CancellationToken ct);
}

/// <summary>The telemetry of an installation that came from a backup.</summary>
public interface IRestoredTelemetry
{
    /// <summary>Leaves the ids free that batches may have got after the backup was taken: no id ever names two frames.</summary>
    void LeaveRoom();
}
