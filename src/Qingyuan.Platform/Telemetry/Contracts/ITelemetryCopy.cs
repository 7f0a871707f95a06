namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>What was copied.</summary>
/// <param name="Batches">Of raw frames.</param>
/// <param name="Frames">In them.</param>
/// <param name="Chunks">Of values.</param>
/// <param name="Results">Derived results, all revisions.</param>
public sealed record TelemetryCopied(long Batches, long Frames, long Chunks, long Results);

/// <summary>Takes frames and values as they lie in files into a PostgreSQL, byte for byte: nothing is decoded, so ids, hashes and proofs stay what they are.</summary>
public interface ITelemetryCopy
{
    /// <param name="database">Connection string; nothing of telemetry may be there yet.</param>
    /// <param name="ct">Stops it; what is copied by then stays there.</param>
    Task<TelemetryCopied> IntoAsync(string database, CancellationToken ct);
}
