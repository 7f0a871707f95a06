namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>The only write path of measured values, called from the station twin for values that Ingest decoded. One caller at a time per station.</summary>
public interface IChunkWriter
{
    /// <summary>Merges the values into the chunk of their period; opens or re-opens it. Idempotent.</summary>
    ValueTask<ApplyOutcome> ApplyAsync(int stationNo, ReportedValues values, CancellationToken ct);

    /// <summary>Writes all chunks changed so far and the mark that batches up to <paramref name="appliedThrough"/> need not be replayed.</summary>
    Task CheckpointAsync(long appliedThrough, CancellationToken ct);
}
