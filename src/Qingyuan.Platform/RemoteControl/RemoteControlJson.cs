using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.RemoteControl;

/// <summary>A reason as the API writes it: code, what it names, the sentence.</summary>
internal sealed record ReasonJson(string Code, IReadOnlyList<string> Args, string Text)
{
    public static ReasonJson? From(Refusal? refusal) => refusal is null ? null
        : new(refusal.Code, [.. refusal.Args.Select(arg => Convert.ToString(arg, CultureInfo.InvariantCulture) ?? "")], RemoteControlTexts.Reason(refusal));
}

/// <summary>An operation with whether and how it is possible.</summary>
internal sealed record OperationJson(
    string Command, string Name, string Effect, IReadOnlyList<string> Parameters, bool Dangerous, string? Mark, bool Available, ReasonJson? Unavailable, ReasonJson? Against, string? Wire, string? Remark)
{
    public static OperationJson From(OperationView view, StationInfo station) => new(
        view.Code, RemoteControlTexts.Operation(view.Code, station.Kind), AlarmTexts.Code(view.Effect), view.Parameters, view.IsDangerous, view.Mark, view.Unavailable is null,
        view.Unavailable is { } why ? ReasonJson.From(new(why, view.Code, station.Edition)) : null, ReasonJson.From(view.Against), view.Wire, view.Remark is { } remark ? RemoteControlTexts.All.Say(remark) : null);
}

/// <summary>A command with its steps: instants with +08:00, enums in kebab case.</summary>
internal sealed record CommandJson(
    Guid Id, string? Mn, string? Station, string Command, string Name, IReadOnlyDictionary<string, string> Parameters, string Reason, Guid? WorkOrder, string State, string AskedBy, DateTimeOffset AskedAt,
    string? ReleasedBy, string? Qn, int Sends, DateTimeOffset? DueAt, DateTimeOffset? EndedAt, int? ReplyCode, ReasonJson? Why, IReadOnlyDictionary<string, string> Result,
    IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After, IReadOnlyList<CommandJson.StepJson> Steps)
{
    public sealed record StepJson(string State, string Actor, DateTimeOffset At, IReadOnlyDictionary<string, string> Detail, string? FrameId, Guid LedgerEntryId);

    public static CommandJson From(CommandView view, IStationDirectory stations)
    {
        var station = stations.Get(view.StationNo);
        return new(
            view.Id, station?.Mn, station?.Name, view.Operation, RemoteControlTexts.Operation(view.Operation, station?.Kind), view.Parameters, view.Reason, view.WorkOrder, AlarmTexts.Code(view.State),
            view.AskedBy, Local(view.AskedAt), view.ReleasedBy, view.Qn, view.Sends, Local(view.DueAt), Local(view.EndedAt), view.ReplyCode, ReasonJson.From(view.Why), view.Result, view.Before, view.After,
            [.. view.Steps.Select(step => new StepJson(AlarmTexts.Code(step.State), step.ActorId, Local(step.At), step.Detail, step.FrameId, step.LedgerEntryId))]);
    }

    private static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(StationClock.Offset);

    private static DateTimeOffset? Local(DateTimeOffset? at) => at?.ToOffset(StationClock.Offset);
}

/// <summary>A draft mark; its times with +08:00.</summary>
internal sealed record MarkJson(Guid Id, IReadOnlyList<string> Factors, string Mark, DateTimeOffset From, DateTimeOffset? To, string Source, string? Command, Guid? CommandId, string By, string Note)
{
    public static MarkJson Of(DataMarkView view) => new(
        view.Id, view.Factors, view.Mark, StationClock.Instant(view.From), view.To is { } to ? StationClock.Instant(to) : null, AlarmTexts.Code(view.Source), view.Operation, view.Command, view.ActorId, view.Note);
}
