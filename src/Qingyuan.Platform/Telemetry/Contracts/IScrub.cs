namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>What the last walk through the store found.</summary>
/// <param name="At">When it began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Batches">Read by this walk; one that went on after a restart counts from there.</param>
/// <param name="Frames">In those batches.</param>
/// <param name="Repaired">Damaged chunks and cold parts that were made anew from their frames, whole and on disk.</param>
/// <param name="Findings">What is still wrong: a person is needed, and perhaps a backup.</param>
public sealed record ScrubReport(DateTimeOffset At, double Seconds, long Batches, long Frames, long Chunks, int Repaired, IReadOnlyList<TelemetryFinding> Findings);

/// <summary>Reads everything that is stored now and then, so that damage is found while backups still have what is needed.</summary>
public interface IScrub
{
    /// <summary>Null before the first walk of this process.</summary>
    ScrubReport? Last { get; }

    /// <summary>Walks now.</summary>
    Task<ScrubReport> RunAsync(CancellationToken ct);
}

/// <summary>Makes a chunk anew. Declared here and implemented by the slice that decodes frames: nobody else may.</summary>
public interface IChunkRefill
{
    /// <summary>
    /// Brings the values of all frames within <paramref name="reach"/> that speak for [<paramref name="from"/>, <paramref name="to"/>) to the station's chunk again, whichever MN
    /// the station had when they came. What is there already stays. In memory when it returns, not on disk.
    /// </summary>
    /// <param name="isJudged">True when the period may have been judged by a part of its values: it is judged again, as after a late frame.</param>
    /// <returns>Frames that held such values.</returns>
    Task<int> RefillAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, RefillReach reach, bool isJudged, CancellationToken ct);
}
