using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Contracts;

/// <summary>Remote operation of stations (远程运维): what can be done, who asked for it, what the device answered.</summary>
public interface IRemoteControl
{
    /// <summary>Every operation of the station's kind, also those that are not possible, with the reason.</summary>
    Task<IReadOnlyList<OperationView>> OperationsAsync(int stationNo, CancellationToken ct);

    /// <summary>Writes a command down. It goes out at once when nobody else has to release it. Refusals: <c>command.*</c>; one of a precondition is kept as a refused command.</summary>
    Task<Result<CommandView>> RequestAsync(CommandRequest request, Actor actor, CancellationToken ct);

    /// <summary>A rule or a schedule starts it by itself. Anything but reading needs an authorisation for the rule; preconditions hold as for people. One cause starts one command.</summary>
    /// <param name="request">What.</param>
    /// <param name="rule">Id and version.</param>
    /// <param name="cause">What made it start, such as <c>alarm:…</c>.</param>
    /// <param name="ct">Cancels the asking.</param>
    Task<Result<CommandView>> StartAsync(CommandRequest request, string rule, string cause, CancellationToken ct);

    /// <summary>A second person lets it go out.</summary>
    Task<Result<CommandView>> ReleaseAsync(Guid id, Actor actor, CancellationToken ct);

    /// <summary>Takes it back; only before it went out.</summary>
    Task<Result<CommandView>> CancelAsync(Guid id, Actor actor, CancellationToken ct);

    Task<CommandView?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<Page<CommandView>> ListAsync(CommandQuery query, IReadOnlySet<int>? scope, CancellationToken ct);
}

/// <summary>An operation at one station.</summary>
/// <param name="Code">Of <see cref="OperationCatalogue"/>.</param>
/// <param name="Unavailable">Code of the reason why its devices cannot be asked at all, null when they can.</param>
/// <param name="Against">What stands against it right now, null when nothing does.</param>
/// <param name="Wire">What is written for it, such as <c>HJ 212-2017 表C.3</c> or the adapter's model; null when unavailable.</param>
/// <param name="Remark">What is to be known of that; a code, null when nothing is.</param>
public sealed record OperationView(
    string Code, OperationEffect Effect, IReadOnlyList<string> Parameters, bool IsDangerous, string? Mark, string? Unavailable, Refusal? Against, string? Wire, string? Remark);

/// <param name="StationNo">Which station.</param>
/// <param name="Operation">Code of the operation.</param>
/// <param name="Parameters">By name.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="WorkOrder">The open order it belongs to.</param>
public sealed record CommandRequest(int StationNo, string Operation, IReadOnlyDictionary<string, string> Parameters, string Reason, Guid? WorkOrder);

/// <summary>One step of a command, never changed.</summary>
/// <param name="FrameId">The frame that says so, null when a person or the clock did.</param>
public sealed record CommandStepView(CommandState State, string ActorId, DateTimeOffset At, IReadOnlyDictionary<string, string> Detail, string? FrameId, Guid LedgerEntryId);

/// <param name="ReplyCode">QnRtn when refused, ExeRtn when done or failed.</param>
/// <param name="Why">Code of the precondition that refused it.</param>
/// <param name="Result">What the device sent for it, by field.</param>
/// <param name="Before">The factor's newest value when it went out.</param>
/// <param name="After">The factor's newest value when it ended.</param>
public sealed record CommandView(
    Guid Id, int StationNo, string Operation, IReadOnlyDictionary<string, string> Parameters, string Reason, Guid? WorkOrder, CommandState State, string AskedBy, DateTimeOffset AskedAt,
    string? ReleasedBy, string? Qn, int Sends, DateTimeOffset? DueAt, DateTimeOffset? EndedAt, int? ReplyCode, Refusal? Why, IReadOnlyDictionary<string, string> Result,
    IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After, IReadOnlyList<CommandStepView> Steps);

public sealed record CommandQuery(int? StationNo = null, bool OpenOnly = false, int Limit = 100, string? After = null);
