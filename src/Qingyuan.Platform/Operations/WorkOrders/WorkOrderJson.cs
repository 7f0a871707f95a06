using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Operations.WorkOrders;

/// <summary>An order as the API writes it: instants with +08:00, enums in kebab case, the title in the reader's language.</summary>
internal sealed record WorkOrderJson(
    Guid Id, string Number, int StationNo, string? Mn, string? Station, bool Sample, string Kind, string Title, string State, Guid? AlarmId, string? Technician,
    DateTimeOffset OpenedAt, string OpenedBy, string? Cause, DateTimeOffset? ClosedAt, IReadOnlyList<WorkOrderJson.StepJson> Steps,
    IReadOnlyList<WorkOrderJson.ClockJson> Clocks, IReadOnlyList<string> NextActs)
{
    public sealed record StepJson(string Act, string State, string Actor, DateTimeOffset At, IReadOnlyDictionary<string, string> Fields, Guid LedgerEntryId);

    public sealed record ClockJson(string Name, string Text, DateTimeOffset DueAt, DateTimeOffset? StoppedAt, bool Overdue, string Source);

    public static string Code<T>(T value)
        where T : struct, Enum => AlarmTexts.Code(value);

    public static WorkOrderJson From(WorkOrderView order, IStationDirectory stations, CultureInfo? culture = null)
    {
        var station = stations.Get(order.StationNo);
        return new(
            order.Id, order.Number, order.StationNo, station?.Mn, station?.Name, station?.IsSample ?? false, order.Kind, WorkOrderTexts.Title(order, culture), Code(order.State),
            order.AlarmId, order.Technician, Local(order.OpenedAt), order.OpenedBy, order.Cause, Local(order.ClosedAt),
            [.. order.Steps.Select(step => new StepJson(step.Act, Code(step.State), step.ActorId, Local(step.At), step.Fields, step.LedgerEntryId))],
            [.. order.Clocks.Select(each => new ClockJson(each.Name, WorkOrderTexts.Clock(each.Name, culture), Local(each.DueAt), Local(each.StoppedAt), each.Overdue, each.Source))],
            order.NextActs);
    }

    private static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(StationClock.Offset);

    private static DateTimeOffset? Local(DateTimeOffset? at) => at?.ToOffset(StationClock.Offset);
}
