namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>The last walk through all blobs.</summary>
/// <param name="At">When it began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Blobs">Those that rows refer to.</param>
/// <param name="Bytes">Theirs.</param>
/// <param name="Repaired">Damaged or missing ones that came back from a backup.</param>
/// <param name="Removed">Files that nothing refers to, let go.</param>
/// <param name="Damaged">Still damaged or missing: a person is needed.</param>
/// <param name="Findings">The first of these, by name.</param>
public sealed record BlobPass(DateTimeOffset At, double Seconds, long Blobs, long Bytes, int Repaired, int Removed, int Damaged, IReadOnlyList<string> Findings);

/// <summary>What is kept, and what the last walk found.</summary>
/// <param name="Last">Null before the first walk through the folder of this node.</param>
public sealed record BlobStatus(long Blobs, long Bytes, BlobPass? Last);

/// <summary>Reads every blob now and then, brings back damaged ones, and lets go what nothing refers to.</summary>
public interface IBlobScrub
{
    Task<BlobStatus> NowAsync(CancellationToken ct);

    /// <summary>Walks now.</summary>
    Task<BlobPass> RunAsync(CancellationToken ct);
}

/// <summary>Has older copies of blobs. Declared here and implemented by the slice that keeps them.</summary>
public interface IBlobRescue
{
    /// <summary>A copy; null when there is none. The caller disposes it and compares what it reads.</summary>
    /// <exception cref="IOException">There is one and it cannot be read.</exception>
    Task<Stream?> OpenAsync(string sha256, CancellationToken ct);
}
