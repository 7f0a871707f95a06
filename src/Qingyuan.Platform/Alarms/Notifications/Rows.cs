using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Platform.Alarms.Notifications;

internal enum NoticeState
{
    /// <summary>People are being called.</summary>
    Open,

    /// <summary>Somebody confirmed, or the matter is over.</summary>
    Settled,

    /// <summary>Everybody was called in all rounds and nobody confirmed, or nobody is on call.</summary>
    Exhausted,
}

/// <summary>A matter people must hear of, and how far calling them has come.</summary>
internal sealed class NoticeRow
{
    public Guid Id { get; init; }

    public required string Subject { get; init; }

    public int? StationNo { get; init; }

    /// <summary>Of a sample station: calls only over channels set aside for samples.</summary>
    public bool Sample { get; init; }

    public AlarmSeverity Severity { get; init; }

    public required string Code { get; init; }

    /// <summary>JSON object of texts.</summary>
    public required string Args { get; init; }

    public required string Rule { get; init; }

    public DateTime Since { get; init; }

    public required string Path { get; init; }

    public DateTimeOffset PostedAt { get; init; }

    public NoticeState State { get; set; }

    /// <summary>When to look whether the next person is to be called; null once nothing is left to do.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }

    public int Version { get; set; }
}

internal enum MessageState
{
    Pending,
    Sent,

    /// <summary>Tried for as long as the settings say, without success.</summary>
    GivenUp,
}

/// <summary>One message to one person over one channel: the outbox and, once sent, the log.</summary>
internal sealed class MessageRow
{
    public Guid Id { get; init; }

    public Guid NoticeId { get; init; }

    public int? StationNo { get; init; }

    /// <summary>1 for the first person called about the notice.</summary>
    public int Step { get; init; }

    public required string Person { get; init; }

    public required string Language { get; init; }

    public required string Channel { get; init; }

    public required string Address { get; init; }

    public MessageState State { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>Not before. A sender moves it ahead while it sends, so that no second one takes the row.</summary>
    public DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? ReceiptAt { get; set; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; set; }

    /// <summary>What was sent, without the receipt link.</summary>
    public string? Text { get; set; }
}

/// <summary>A way out of the house.</summary>
internal sealed class ChannelRow
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    public ChannelKind Kind { get; set; }

    public bool Enabled { get; set; }

    public bool ForSamples { get; set; }

    /// <summary>JSON object of texts.</summary>
    public required string Settings { get; set; }

    /// <summary>JSON object of texts, encrypted.</summary>
    public byte[]? Secrets { get; set; }
}

/// <summary>The on-call order; one row.</summary>
internal sealed class OnCallRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>An <see cref="OnCallPlan"/> as JSON.</summary>
    public required string Plan { get; set; }
}
