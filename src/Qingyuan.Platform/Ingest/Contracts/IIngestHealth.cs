namespace Qingyuan.Platform.Ingest.Contracts;

/// <summary>Counts since start and what runs now. Received = stored + being stored + not stored, and the last must be 0; refused ones are stored too.</summary>
public sealed record IngestHealth(
    long Received, long Stored, long Accepted, long Rejected, long Quarantined, long Repeated, long BytesSkipped, int Connections, double CommitP50Ms, double CommitP99Ms,
    long AppliedThrough, long CommittedThrough, string? Trouble, IReadOnlyDictionary<string, long> Reasons)
{
    /// <summary>Frames whose batch is gathering or being committed.</summary>
    public long BeingStored { get; init; }

    /// <summary>Frames whose commit failed: not acknowledged, so their logger sends them again.</summary>
    public long NotStored { get; init; }

    /// <summary>How long the oldest received frame waits for its commit now.</summary>
    public double CommitLagMs { get; init; }

    /// <summary>What is put off because commits lag: <c>None</c>, <c>HistoryWaits</c>, <c>NobodyNew</c>.</summary>
    public string Shedding { get; init; } = "None";

    /// <summary>Connections that are not read for now, because they upload history and commits lag.</summary>
    public int ConnectionsPaused { get; init; }

    /// <summary>The listeners for loggers.</summary>
    public IReadOnlyList<LineHealth> Lines { get; init; } = [];

    /// <summary>Bytes from strangers kept since midnight UTC; what their daily allowance is counted by.</summary>
    public long QuarantineBytesToday { get; init; }
}

/// <summary>One listener for loggers.</summary>
/// <param name="Address">HOST:PORT it is bound to.</param>
/// <param name="Encrypted">Whether bytes travel by TLS there.</param>
/// <param name="KnowsCallers">Whether callers must show a certificate.</param>
/// <param name="Connections">Open now.</param>
public sealed record LineHealth(string Address, bool Encrypted, bool KnowsCallers, int Connections);

public interface IIngestHealth
{
    IngestHealth Now { get; }

    /// <summary>Unknown MNs seen lately, for adoption: MN, newest address, frames, first and last seen.</summary>
    IReadOnlyList<(string Mn, string Remote, long Frames, DateTimeOffset First, DateTimeOffset Last)> UnknownStations { get; }
}
