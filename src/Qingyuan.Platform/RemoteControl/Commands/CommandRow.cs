using Qingyuan.Hj212.Catalogue;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>One command. Open while <see cref="EndedAt"/> is null. Holds no frame: it would hold the password.</summary>
internal sealed class CommandRow
{
    public Guid Id { get; init; }

    public int StationNo { get; init; }

    public required string Operation { get; init; }

    /// <summary>JSON object of texts; for a clock also what was written to it.</summary>
    public required string Parameters { get; set; }

    public required string Reason { get; init; }

    public Guid? WorkOrder { get; init; }

    public CommandState State { get; set; }

    public required string AskedBy { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public string? ReleasedBy { get; set; }

    /// <summary>The authorisation under which a rule started it; null when a person asked, and for reading.</summary>
    public Guid? AuthorisationId { get; init; }

    /// <summary>What made a rule start it: the same cause never starts two.</summary>
    public string? Cause { get; init; }

    /// <summary>The device it occupies while it is open; null for reading, and when it has ended.</summary>
    public string? Slot { get; set; }

    public string? Qn { get; set; }

    public int Sends { get; set; }

    public AnswerKind Answer { get; set; }

    /// <summary>When somebody has to look at it again.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public int? ReplyCode { get; set; }

    public string? WhyCode { get; set; }

    /// <summary>JSON array of texts.</summary>
    public string? WhyArgs { get; set; }

    /// <summary>JSON object of texts.</summary>
    public string Result { get; set; } = "{}";

    public string Before { get; set; } = "{}";

    public string After { get; set; } = "{}";

    /// <summary>Rises with each step.</summary>
    public int Version { get; set; }

    public string Subject => "command:" + Id;
}

/// <summary>One step, never changed.</summary>
internal sealed class CommandStepRow
{
    public Guid CommandId { get; init; }

    public int Seq { get; init; }

    public CommandState State { get; init; }

    public required string ActorId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>JSON object of texts.</summary>
    public required string Detail { get; init; }

    public string? FrameId { get; init; }

    public Guid LedgerEntryId { get; init; }
}
