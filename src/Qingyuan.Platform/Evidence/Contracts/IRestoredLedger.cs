using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>What aligning found.</summary>
/// <param name="Origin">Name under which the restored log was signed; null when it never was.</param>
/// <param name="Size">Entries under its checkpoint.</param>
/// <param name="Requeued">Records whose sealed entries did not come back: they wait for the successor.</param>
public sealed record LedgerAlignment(string? Origin, long Size, int Requeued);

/// <summary>The new log that goes on from a restored one.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="Predecessor">Name of the restored log.</param>
/// <param name="Size">Entries it starts with.</param>
public sealed record LedgerSuccession(string Origin, string? Predecessor, long Size);

/// <summary>The ledger of an installation that came from a backup. It holds everything and signs nothing until a person lets a successor begin.</summary>
public interface IRestoredLedger
{
    /// <summary>True while the log waits for that person.</summary>
    bool IsHeld { get; }

    /// <summary>Makes the tiles anew, compares them with the signed roots, and puts records back into the outbox whose entries the backup came too early for.</summary>
    /// <exception cref="IOException">The restored entries are not those that were signed.</exception>
    Task<LedgerAlignment> AlignAsync(CancellationToken ct);

    /// <summary>Begins a log of another name with new keys from the restored entries, and records who did so and why.</summary>
    /// <returns>Refusals: <c>ledger.reason-missing</c>, <c>ledger.not-restored</c>, <c>ledger.behind</c> (entries here, entries the database knows), <c>ledger.not-verified</c>.</returns>
    Task<Result<LedgerSuccession>> SucceedAsync(string? reason, Actor actor, CancellationToken ct);
}
