using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Counts since start. Written from the session path: interlocked words, nothing else.</summary>
internal sealed class IngestCounters
{
    private readonly long[] _verdicts = new long[Enum.GetValues<FrameVerdict>().Length];
    private readonly long[] _reasons = new long[IntakeReasons.Count];
    private long _received;
    private long _stored;
    private long _waiting;
    private long _answered;
    private long _bytesSkipped;
    private long _committedThrough;
    private long _appliedThrough;
    private long _applied;

    public long Received => Interlocked.Read(ref _received);

    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Frames between arrival and the end of their batch.</summary>
    public long InFlight => Received - Stored - Of(IntakeReason.NotStored);

    /// <summary>Frames that were received and are neither stored, nor counted as not stored, nor waiting for their commit: lost, or for a moment between two counts.</summary>
    /// <remarks>Read against the way frames go, so that one on its way can only look lost and never hides one that is.</remarks>
    public long Unaccounted
    {
        get
        {
            var decided = Stored + Of(IntakeReason.NotStored);
            var waiting = Interlocked.Read(ref _waiting);
            return Received - waiting - decided;
        }
    }

    public long Answered => Interlocked.Read(ref _answered);

    public long BytesSkipped => Interlocked.Read(ref _bytesSkipped);

    public long CommittedThrough => Interlocked.Read(ref _committedThrough);

    public long AppliedThrough => Interlocked.Read(ref _appliedThrough);

    public long Applied => Interlocked.Read(ref _applied);

    public LatencyHistogram Commits { get; } = new();

    public long Of(FrameVerdict verdict) => Interlocked.Read(ref _verdicts[(int)verdict]);

    public long Of(IntakeReason reason) => Interlocked.Read(ref _reasons[(int)reason]);

    public void Frame(FrameVerdict verdict, IntakeReason reason)
    {
        Interlocked.Increment(ref _received);
        Interlocked.Increment(ref _verdicts[(int)verdict]);
        if (reason is not IntakeReason.None) Count(reason);
    }

    public void Count(IntakeReason reason) => Interlocked.Increment(ref _reasons[(int)reason]);

    public void Skipped(long bytes) => Interlocked.Add(ref _bytesSkipped, bytes);

    /// <summary>The log took a frame; <see cref="Durable"/> ends its waiting.</summary>
    public void Waits() => Interlocked.Increment(ref _waiting);

    /// <summary>Frames that waited are decided.</summary>
    /// <param name="batch">The last that was stored.</param>
    /// <param name="frames">Stored.</param>
    /// <param name="answers">Of them answered.</param>
    /// <param name="notStored">Whose batch failed.</param>
    public void Durable(long batch, int frames, int answers, int notStored)
    {
        Interlocked.Add(ref _waiting, -(frames + notStored));
        if (notStored > 0) Interlocked.Add(ref _reasons[(int)IntakeReason.NotStored], notStored);
        Interlocked.Add(ref _stored, frames);
        Interlocked.Add(ref _answered, answers);
        Raise(ref _committedThrough, batch);
    }

    public void AppliedUpTo(long batch, int reports)
    {
        Interlocked.Add(ref _applied, reports);
        Raise(ref _appliedThrough, batch);
    }

    public IReadOnlyDictionary<string, long> Reasons()
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 1; i < _reasons.Length; i++)
            if (Interlocked.Read(ref _reasons[i]) is > 0 and var count) counts[IntakeReasons.NameAt(i)] = count;
        return counts;
    }

    private static void Raise(ref long mark, long to)
    {
        for (var seen = Interlocked.Read(ref mark); seen < to;)
        {
            var was = Interlocked.CompareExchange(ref mark, to, seen);
            if (was == seen) return;
            seen = was;
        }
    }
}
