namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>Something that is not as it was sealed.</summary>
/// <param name="Check">Such as <c>segment</c>, <c>tile-std</c>, <c>root-sm</c>, <c>stream</c>, <c>record</c>.</param>
/// <param name="Index">The entry, null when it concerns none in particular.</param>
public sealed record AuditFinding(string Check, long? Index, string Detail);

/// <summary>What re-reading everything found.</summary>
/// <param name="Origin">Name of the log, null when there is none that can be read.</param>
/// <param name="Size">Entries under the signed checkpoint.</param>
/// <param name="Unsealed">Entries behind it, sealed at the next turn of the writer.</param>
/// <param name="Waiting">Records that are not in the log yet.</param>
public sealed record LedgerAudit(string? Origin, long Size, long Unsealed, int Waiting, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>Whether the log is signed on here.</summary>
    public LogStanding Standing { get; init; } = LogStanding.Signed;

    /// <summary>Entries that the database knows as logged and that a held log lacks: they stayed with the node that wrote them, or are later than the backup.</summary>
    public long Missing { get; init; }

    public bool Ok => Origin is not null && Findings.Count == 0 && Missing == 0;
}

/// <summary>What a check of some, taken by lot, found.</summary>
/// <param name="Failed">A sentence for each that did not hold.</param>
public sealed record SampleAudit(int Checked, IReadOnlyList<string> Failed);

/// <summary>Verifies the whole ledger: log files from the first byte, then every record of the database against its sealed entry.</summary>
public interface ILedgerAudit
{
    Task<LedgerAudit> RunAsync(CancellationToken ct);

    /// <summary>Verifies the proofs of logged entries taken by lot: inclusion under both suites, signatures, and the record in the database.</summary>
    /// <param name="count">How many at most; all when there are fewer.</param>
    /// <param name="ct">Stops it.</param>
    Task<SampleAudit> ProveAsync(int count, CancellationToken ct);

    /// <summary>Recomputes hourly digests from the frames in the store and compares them with what was sealed: the newest hours with frames, and others by lot.</summary>
    /// <param name="hours">How many at most.</param>
    /// <param name="ct">Stops it.</param>
    Task<SampleAudit> CompareFramesAsync(int hours, CancellationToken ct);

    /// <summary>Records that are not in the log yet.</summary>
    Task<int> WaitingAsync(CancellationToken ct);
}
