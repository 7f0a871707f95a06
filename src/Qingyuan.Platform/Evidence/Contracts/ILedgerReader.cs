using System.Text.Json.Nodes;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Evidence.Contracts;

/// <summary>One record of the electronic ledger with its evidence.</summary>
/// <param name="Seq">Its place in the chain of its source, null while it is not logged.</param>
/// <param name="Prev">SHA-256 (base64) of the entry before it in that chain, as it stands in the log file; only where one record is read, null in lists and while it is not logged.</param>
public sealed record LedgerEntryView(
    Guid Id, string Kind, string? Subject, int? StationNo, string? Device, Actor Actor, DateTimeOffset At, DateTimeOffset RecordedAt,
    JsonObject Body, EvidenceState State, DateTimeOffset? LoggedAt, long? LogIndex, string? LeafSha256, long? Seq = null, string? Prev = null);

/// <summary>Which entries; all parts optional, newest first.</summary>
/// <param name="Scope">Stations the reader may see; null sees everything, also what concerns no station.</param>
public sealed record LedgerQuery(
    string? Subject = null, string? KindPrefix = null, int? StationNo = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    int Limit = 50, string? After = null, IReadOnlySet<int>? Scope = null);

/// <summary>What a check of one entry against the files on disk found.</summary>
/// <param name="Ok">Every check passed.</param>
/// <param name="Checks">Name and outcome of each check, in order: <c>bytes</c>, <c>path-sha256</c>, <c>path-sm3</c>, <c>signature-ed25519</c>, <c>signature-sm2</c>.</param>
public sealed record EntryVerification(bool Ok, IReadOnlyList<(string Check, bool Ok, string? Detail)> Checks);

/// <summary>Reads the ledger.</summary>
public interface ILedgerReader
{
    Task<Page<LedgerEntryView>> ListAsync(LedgerQuery query, CancellationToken ct);

    Task<LedgerEntryView?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>Re-reads the entry from the log files and checks it against the signed checkpoints.</summary>
    Task<EntryVerification> VerifyAsync(Guid id, CancellationToken ct);

    /// <summary>The proof bundle of one entry (zip), null while it is only <see cref="EvidenceState.Received"/>.</summary>
    Task<byte[]?> BundleAsync(Guid id, CancellationToken ct);
}
