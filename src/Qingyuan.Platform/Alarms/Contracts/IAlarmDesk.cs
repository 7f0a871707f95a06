using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms.Contracts;

public enum AlarmState
{
    /// <summary>Cause present, nobody has said "seen".</summary>
    Active,

    /// <summary>Cause present, somebody has it.</summary>
    Acknowledged,

    /// <summary>Hidden until a time, with a reason; the cause is still watched.</summary>
    Shelved,

    /// <summary>Cause gone, or cleared by a person with a reason.</summary>
    Cleared,
}

/// <summary>One alarm as people see it. <paramref name="Count"/> counts raises while it stayed active.</summary>
/// <param name="Since">Station wall clock at which the cause began; also for back-filled history.</param>
/// <param name="Until">Station wall clock at which the cause ended; null while it is present or when a person cleared it.</param>
public sealed record AlarmView(
    Guid Id, int? StationNo, AlarmKind Kind, string Cause, AlarmSeverity Severity, AlarmState State, string? Factor,
    string MessageCode, IReadOnlyDictionary<string, string> Args, string Rule, string? Frame, DateTime Since, DateTimeOffset RaisedAt,
    DateTimeOffset LastSeenAt, int Count, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, DateTimeOffset? ShelvedUntil,
    DateTimeOffset? ClearedAt, string? ClearedBy, Guid? WorkOrderId, DateTime? Until = null);

/// <summary>Which alarms. With <paramref name="From"/> or <paramref name="To"/> only those whose cause was present within: from its beginning to its end, to a person's clearing, or until now.</summary>
/// <param name="From">Station wall clock; one that ended at this very moment is in.</param>
/// <param name="To">Station wall clock, not included.</param>
public sealed record AlarmQuery(
    int? StationNo = null, bool OpenOnly = false, AlarmKind? Kind = null, int Limit = 100, string? After = null, DateTime? From = null, DateTime? To = null);

/// <summary>Where alarms live: raise, repeat, acknowledge, shelve, clear.</summary>
public interface IAlarmDesk
{
    Task HandleAsync(AlarmSignal signal, CancellationToken ct);

    Task<Page<AlarmView>> ListAsync(AlarmQuery query, IReadOnlySet<int>? scope, CancellationToken ct);

    Task<AlarmView?> FindAsync(Guid id, CancellationToken ct);

    Task<Result<AlarmView>> AcknowledgeAsync(Guid id, string? note, Actor actor, CancellationToken ct);

    Task<Result<AlarmView>> ShelveAsync(Guid id, TimeSpan duration, string reason, Actor actor, CancellationToken ct);

    Task<Result<AlarmView>> ClearAsync(Guid id, string reason, Actor actor, CancellationToken ct);
}

/// <summary>Another slice that acts on alarms, in the same transaction. Registered in dependency injection.</summary>
public interface IAlarmReaction
{
    Task OnRaisedAsync(QingyuanDb db, AlarmView alarm, CancellationToken ct);

    Task OnClearedAsync(QingyuanDb db, AlarmView alarm, CancellationToken ct);
}
