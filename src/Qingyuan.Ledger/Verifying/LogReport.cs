namespace Qingyuan.Ledger.Verifying;

/// <summary>Something in a log that is not as it was signed.</summary>
/// <param name="Check">Which check: <c>segment</c>, <c>bundle</c>, <c>canonical</c>, <c>source-signature</c>, <c>stream</c>, <c>tile-std</c>, <c>root-sm</c> …</param>
/// <param name="Index">The entry, null when it concerns none in particular.</param>
/// <param name="Detail">What was found.</param>
public sealed record LogFinding(string Check, long? Index, string Detail);

/// <summary>What re-reading a whole log from disk found.</summary>
/// <param name="Origin">Name of the log, null when not even a checkpoint could be read.</param>
/// <param name="Size">Entries under the checkpoint.</param>
/// <param name="Unsealed">Whole entries behind it.</param>
/// <param name="Findings">What is wrong; the list is cut at <see cref="LogVerifier.MaxFindings"/>.</param>
public sealed record LogReport(string? Origin, long Size, long Unsealed, IReadOnlyList<LogFinding> Findings)
{
    /// <summary>Nothing is wrong.</summary>
    public bool Ok => Origin is not null && Findings.Count == 0;
}
