namespace Qingyuan.Platform.Operations.Contracts;

public enum WorkOrderState
{
    /// <summary>Open, offered to its technician.</summary>
    Dispatched,
    Accepted,
    Arrived,
    Diagnosed,
    Repaired,

    /// <summary>Functional test recorded.</summary>
    Tested,

    /// <summary>Handed in, waits for review by another role.</summary>
    Submitted,
    Reviewed,
    Closed,
    Cancelled,
}

/// <summary>One step that was taken, newest last. <paramref name="LedgerEntryId"/> is its electronic ledger entry.</summary>
public sealed record WorkOrderStep(
    string Act, WorkOrderState State, string ActorId, DateTimeOffset At, IReadOnlyDictionary<string, string> Fields, Guid LedgerEntryId);

/// <summary>A clock that runs on the order (settled.md, field 5).</summary>
/// <param name="Name"><c>on-site</c>, <c>simple-fault</c>, <c>data-unit</c>, <c>report-authority</c>, <c>restore</c>, <c>restore-48h</c>.</param>
/// <param name="Source">The document it comes from.</param>
public sealed record FaultClock(string Name, DateTimeOffset DueAt, DateTimeOffset? StoppedAt, bool Overdue, string Source);

public sealed record WorkOrderView(
    Guid Id, string Number, int StationNo, string Kind, string Title, WorkOrderState State, Guid? AlarmId, string? Technician,
    DateTimeOffset OpenedAt, string OpenedBy, string? Cause, DateTimeOffset? ClosedAt, IReadOnlyList<WorkOrderStep> Steps, IReadOnlyList<FaultClock> Clocks,
    IReadOnlyList<string> NextActs, string TitleCode, IReadOnlyDictionary<string, string> TitleArgs);

/// <summary>Which orders. With <paramref name="From"/> or <paramref name="To"/> only those that were open within.</summary>
/// <param name="From">Station wall clock; one that was closed at this very moment is in.</param>
/// <param name="To">Station wall clock, not included.</param>
public sealed record WorkOrderQuery(
    int? StationNo = null, string? Technician = null, bool OpenOnly = false, int Limit = 100, string? After = null, DateTime? From = null, DateTime? To = null);
