using Qingyuan.Platform.Exchange.Contracts;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>One delivery of the policy, as it is now.</summary>
internal sealed class DeliveryRow
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    public int Version { get; set; }

    /// <summary>The rule of this version (<see cref="RuleText"/>).</summary>
    public required string Rule { get; set; }

    /// <summary>Of the rule: whose accounts may fetch the files.</summary>
    public required string Organisation { get; set; }

    public bool Enabled { get; set; }

    /// <summary>Sealed.</summary>
    public byte[]? Secret { get; set; }

    /// <summary>Wall clock: everything before has a run.</summary>
    public DateTime NextFrom { get; set; }

    /// <summary>The day on which earlier periods were last compared with what is stored now.</summary>
    public DateTime? LookedBack { get; set; }
}

/// <summary>A delivery as it was from then on. Never changed.</summary>
internal sealed class DeliveryVersionRow
{
    public Guid DeliveryId { get; init; }

    public int Version { get; init; }

    public required string Rule { get; init; }

    public required string By { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>One period of a delivery.</summary>
internal sealed class DeliveryRunRow
{
    public Guid Id { get; init; }

    public Guid DeliveryId { get; init; }

    /// <summary>The version the file was made by.</summary>
    public int Version { get; set; }

    public DateTime From { get; init; }

    public DateTime To { get; init; }

    public int Revision { get; init; }

    public DeliveryRunState State { get; set; }

    public long Rows { get; set; }

    public long Bytes { get; set; }

    /// <summary>Of the file; null until it is prepared.</summary>
    public string? Sha256 { get; set; }

    public string? FileName { get; set; }

    /// <summary>Of the values alone: another one later means that something came late.</summary>
    public string? Digest { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>When somebody of the recipient's organisation first fetched the file.</summary>
    public DateTimeOffset? FetchedAt { get; set; }

    public string? FetchedBy { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>An alarm was raised for it and is not taken back yet.</summary>
    public bool Alarmed { get; set; }

    public string? Error { get; set; }

    public DeliveryRunView ToView() => new(Id, Version, From, To, Revision, State, Rows, Bytes, Sha256, FileName, Attempts, StartedAt, DeliveredAt, FetchedAt, FetchedBy, NextTryAt, Error);
}
