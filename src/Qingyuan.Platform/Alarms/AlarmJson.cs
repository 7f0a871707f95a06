using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Alarms;

/// <summary>An alarm as the API and the event stream write it: instants and wall clock with +08:00, enums in kebab case, the sentence beside its code.</summary>
internal sealed record AlarmJson(
    Guid Id, int? StationNo, string? Mn, string? Station, bool Sample, string Kind, string Cause, string Severity, string State, string? Factor,
    string Message, string MessageCode, IReadOnlyDictionary<string, string> Args, string Rule, string? Frame, DateTimeOffset Since, DateTimeOffset? Until,
    DateTimeOffset RaisedAt, DateTimeOffset LastSeenAt, int Count, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, DateTimeOffset? ShelvedUntil,
    DateTimeOffset? ClearedAt, string? ClearedBy, Guid? WorkOrderId)
{
    public static AlarmJson From(AlarmView alarm, IStationDirectory stations, CultureInfo? culture = null)
    {
        var station = alarm.StationNo is { } no ? stations.Get(no) : null;
        return new(
            alarm.Id, alarm.StationNo, station?.Mn, station?.Name, station?.IsSample ?? false, AlarmTexts.Code(alarm.Kind), alarm.Cause,
            AlarmTexts.Code(alarm.Severity), AlarmTexts.Code(alarm.State), alarm.Factor, AlarmTexts.Sentence(alarm.MessageCode, alarm.Args, culture),
            alarm.MessageCode, alarm.Args, alarm.Rule, alarm.Frame, StationClock.Instant(alarm.Since),
            alarm.Until is { } until ? StationClock.Instant(until) : null, Local(alarm.RaisedAt), Local(alarm.LastSeenAt), alarm.Count,
            alarm.AcknowledgedBy, Local(alarm.AcknowledgedAt), Local(alarm.ShelvedUntil), Local(alarm.ClearedAt), alarm.ClearedBy, alarm.WorkOrderId);
    }

    private static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(StationClock.Offset);

    private static DateTimeOffset? Local(DateTimeOffset? at) => at?.ToOffset(StationClock.Offset);
}
