using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Alarms.Notifications;

/// <summary>Which alarms leave the browser, and when calling about them ends.</summary>
internal sealed class AlarmNotices(INoticeBoard board)
{
    public Task RaisedAsync(QingyuanDb db, AlarmView alarm, CancellationToken ct) =>
        Calls(alarm, alarm.Severity) ? board.PostAsync(db, From(alarm), ct) : Task.CompletedTask;

    public Task WorsenedAsync(QingyuanDb db, AlarmView alarm, AlarmSeverity before, CancellationToken ct) =>
        Calls(alarm, alarm.Severity) && !Calls(alarm, before) ? board.PostAsync(db, From(alarm), ct) : Task.CompletedTask;

    /// <summary>Acknowledging is the receipt; shelving says that somebody looked.</summary>
    public Task HandledAsync(QingyuanDb db, AlarmView alarm, Actor actor, CancellationToken ct) => board.SettleAsync(db, Subject(alarm), actor.Id, ct);

    public Task ClearedAsync(QingyuanDb db, AlarmView alarm, CancellationToken ct) => board.SettleAsync(db, Subject(alarm), alarm.ClearedBy ?? "", ct);

    private static bool Calls(AlarmView alarm, AlarmSeverity severity) => NotificationRules.Calls((SignalKind)alarm.Kind, (SignalSeverity)severity);

    private static string Subject(AlarmView alarm) => "alarm:" + alarm.Id;

    private static Notice From(AlarmView alarm)
    {
        var args = new Dictionary<string, string>(alarm.Args, StringComparer.Ordinal) { ["kind"] = AlarmTexts.Code(alarm.Kind) };
        if (alarm.Factor is { } factor) args["factor"] = factor;
        return new(Subject(alarm), alarm.StationNo, alarm.Severity, alarm.MessageCode, args, alarm.Rule, alarm.Since, "/alarms/" + alarm.Id);
    }
}
