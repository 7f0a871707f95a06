using Qingyuan.Platform.Evidence.Contracts;

namespace Qingyuan.Platform.Evidence;

/// <summary>One record of the electronic ledger. Inserted once, never changed: what happens to its evidence stands in <see cref="LedgerPosition"/>.</summary>
internal sealed class LedgerEntryRow
{
    /// <summary>A <see cref="Recording.RisingId"/>.</summary>
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public string? Subject { get; init; }

    public int? StationNo { get; init; }

    /// <summary>Where, as it was named when it happened.</summary>
    public required string Site { get; init; }

    public string? Device { get; init; }

    public required string ActorId { get; init; }

    public required string ActorRole { get; init; }

    public required string ActorOrganisation { get; init; }

    public required string ActorAuthentication { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>The draft's body as canonical JSON text.</summary>
    public required string Body { get; init; }
}

/// <summary>An entry that is not in the log yet. Drained in order of <see cref="Ordinal"/>, deleted when the entry is logged.</summary>
internal sealed class EvidenceOutboxRow
{
    public long Ordinal { get; init; }

    public Guid EntryId { get; init; }
}

/// <summary>Where an entry stands in the log: an index, rebuilt from the log files at any time.</summary>
internal sealed class LedgerPosition
{
    public Guid EntryId { get; init; }

    public long LogIndex { get; init; }

    public required string LeafSha256 { get; init; }

    public required string Stream { get; init; }

    public long Seq { get; init; }

    public DateTimeOffset LoggedAt { get; init; }

    public EvidenceState State { get; init; } = EvidenceState.Logged;
}

/// <summary>One station's root in an hourly digest: the Merkle root over the frames received in that hour, kept for proofs.</summary>
internal sealed class StationDigestRow
{
    /// <summary>Start of the received hour.</summary>
    public DateTimeOffset Hour { get; init; }

    public int StationNo { get; init; }

    /// <summary>The station's outlet as it stands in the leaf.</summary>
    public required string Site { get; init; }

    public long Frames { get; init; }

    public required string Sha256Root { get; init; }

    public required string Sm3Root { get; init; }

    public Guid EntryId { get; init; }
}

/// <summary>An hour whose digest was taken, also when no frame was received in it.</summary>
internal sealed class DigestHourRow
{
    public DateTimeOffset Hour { get; init; }

    /// <summary>Null for an hour without frames.</summary>
    public Guid? EntryId { get; init; }
}
