using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Contracts;

/// <summary>Where a deletion stands.</summary>
public enum DeletionState
{
    /// <summary>One person asked; another one has seven days to approve.</summary>
    Requested,

    /// <summary>Two persons want it; the platform does it now, month by month.</summary>
    Approved,

    /// <summary>The months are gone.</summary>
    Done,

    /// <summary>Nobody approved in time.</summary>
    Lapsed,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>Approved, but a hold or a longer term came before it was begun.</summary>
    Stopped,
}

/// <summary>One month of a deletion.</summary>
/// <param name="Content">What stood for it before it went; null until its turn.</param>
/// <param name="Through">Newest batch of the log when it went; null until it is gone. Of values, no frame up to it brings any back.</param>
public sealed record DeletionMonth(string Month, long Bytes, long Items, MonthContent? Content = null, long? Through = null);

/// <summary>A deletion of whole months of one class.</summary>
/// <param name="From">First month, <c>yyyy-MM</c>.</param>
/// <param name="To">Last month, included.</param>
/// <param name="DecidedBy">Who approved or rejected.</param>
/// <param name="Why">Why it was rejected or stopped.</param>
public sealed record Deletion(
    Guid Id, DataClass Class, string From, string To, string Reason, DeletionState State, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset LapsesAt, string? DecidedBy, DateTimeOffset? DecidedAt,
    DateTimeOffset? DoneAt, string? Why, IReadOnlyList<DeletionMonth> Months);

/// <summary>What a deletion would take.</summary>
public sealed record DeletionPreview(DataClass Class, string From, string To, IReadOnlyList<MonthSize> Months);

/// <summary>A legal hold: nothing of the class and period is deleted while it lasts.</summary>
public sealed record Hold(Guid Id, DataClass Class, string From, string To, string Reason, string SetBy, DateTimeOffset SetAt, string? LiftedBy, DateTimeOffset? LiftedAt, string? LiftReason);

/// <summary>Deletion of telemetry after its term, by two persons. There is no other way.</summary>
public interface IDeletions
{
    /// <summary>How long a request waits for its second person.</summary>
    static TimeSpan Patience => TimeSpan.FromDays(7);

    /// <summary>What would go, before anybody asks for it.</summary>
    /// <returns>Refusals: those of <see cref="RequestAsync"/> about class and period.</returns>
    Task<Result<DeletionPreview>> LookAsync(DataClass dataClass, string? from, string? to, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Deletion>> ListAsync(CancellationToken ct);

    /// <summary>The first person, a system administrator signed in, asks.</summary>
    /// <returns>Refusals: <c>retention.class-not-deletable</c>, <c>retention.period-invalid</c> (field), <c>retention.reason-missing</c> (field), <c>retention.deletion-young</c> (first month too young, months kept), <c>retention.deletion-received-lately</c> (month, day of its newest receipt, months kept), <c>retention.deletion-held</c> (reason of the hold), <c>retention.deletion-empty</c>, <c>retention.deletion-pending</c>, <c>retention.person-needed</c>, <c>retention.not-your-role</c>.</returns>
    Task<Result<Deletion>> RequestAsync(DataClass dataClass, string? from, string? to, string? reason, Actor actor, CancellationToken ct);

    /// <summary>The second person, another account, approves; the platform then deletes.</summary>
    /// <returns>Refusals: <c>retention.no-such-deletion</c>, <c>retention.deletion-decided</c>, <c>retention.deletion-lapsed</c>, <c>retention.same-person</c>, <c>retention.deletion-young</c>, <c>retention.deletion-held</c>, <c>retention.person-needed</c>, <c>retention.not-your-role</c>.</returns>
    Task<Result<Deletion>> ApproveAsync(Guid id, Actor actor, CancellationToken ct);

    /// <summary>Either of them, or a third person, says no.</summary>
    /// <returns>Refusals: <c>retention.no-such-deletion</c>, <c>retention.deletion-decided</c>, <c>retention.reason-missing</c> (field), <c>retention.person-needed</c>, <c>retention.not-your-role</c>.</returns>
    Task<Result<Deletion>> RejectAsync(Guid id, string? reason, Actor actor, CancellationToken ct);

    /// <summary>Those set and those lifted, newest first.</summary>
    Task<IReadOnlyList<Hold>> HoldsAsync(CancellationToken ct);

    /// <summary>A regulator or audit administrator holds a period, such as for an unfinished case.</summary>
    /// <returns>Refusals: <c>retention.class-not-deletable</c>, <c>retention.period-invalid</c> (field), <c>retention.reason-missing</c> (field).</returns>
    Task<Result<Hold>> HoldAsync(DataClass dataClass, string? from, string? to, string? reason, Actor actor, CancellationToken ct);

    /// <returns>Refusals: <c>retention.no-such-hold</c>, <c>retention.hold-lifted</c>, <c>retention.reason-missing</c> (field).</returns>
    Task<Result<Hold>> LiftAsync(Guid id, string? reason, Actor actor, CancellationToken ct);
}
