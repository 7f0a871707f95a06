namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>A frame as it was received and kept.</summary>
public sealed record StoredFrame(FrameId Id, FrameArrival Arrival, ReadOnlyMemory<byte> Bytes);

/// <summary>One committed batch, whole.</summary>
public sealed record CommittedBatch(long Id, IReadOnlyList<StoredFrame> Frames);

/// <summary>Follows the log: first what is on disk after the checkpoint, then what is committed from now on. Never delays a commit.</summary>
public interface IFrameTail
{
    /// <summary>The last batch whose values are all in durable chunks.</summary>
    long AppliedThrough { get; }

    /// <summary>The newest committed batch, 0 when none ever was.</summary>
    long Last { get; }

    /// <summary>Every committed batch after <paramref name="afterBatch"/>, in order, without end. Recent ones come from memory, older ones from disk.</summary>
    IAsyncEnumerable<CommittedBatch> FollowAsync(long afterBatch, CancellationToken ct);
}

/// <summary>Which frames, by time received.</summary>
public sealed record FrameQuery(string? Mn, DateTimeOffset? From, DateTimeOffset? To, FrameVerdict? Verdict = null, int Limit = 100, string? After = null);

/// <summary>Reads raw frames.</summary>
public interface IFrameReader
{
    Task<StoredFrame?> FindAsync(FrameId id, CancellationToken ct);

    Task<Shared.Page<StoredFrame>> ListAsync(FrameQuery query, CancellationToken ct);

    /// <summary>Newest first: the frames of <paramref name="mn"/> received before <paramref name="to"/> (null: up to now), as far back as 31 days in which anything was received.</summary>
    /// <param name="mn">Whose.</param>
    /// <param name="to">Not included.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="after">What the page before gave as next.</param>
    /// <param name="ct">Cancels the reading.</param>
    Task<Shared.Page<StoredFrame>> NewestAsync(string mn, DateTimeOffset? to, int limit, string? after, CancellationToken ct);

    /// <summary>Per station, the SHA-256 of every frame received in the hour that starts at <paramref name="hour"/> (UTC), in log order: the leaves of the hourly digest.</summary>
    Task<IReadOnlyList<(int StationNo, IReadOnlyList<byte[]> FrameSha256)>> HourDigestsAsync(DateTimeOffset hour, CancellationToken ct);
}
