using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Operations.WorkOrders.Acting;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations.WorkOrders.Opening;

/// <summary>An alarm of a configured kind opens an order by itself, or joins the open one of its cause. An alarm that ends leaves the order open: the repair must be shown.</summary>
internal sealed class OrderForAlarm(
    OpenOrder open, StepRecorder recorder, IAlarmLinks links, IOptions<OperationsOptions> options, Organisation organisation) : IAlarmReaction
{
    private Actor Dispatch => new("r:" + WorkOrderRules.Id, "service", organisation.Code, "service");

    public async Task OnRaisedAsync(QingyuanDb db, AlarmView alarm, CancellationToken ct)
    {
        if (alarm.StationNo is not { } station || !options.Value.Opens(alarm.Kind) || OrderKinds.For((SignalKind)alarm.Kind) is not { } kind) return;
        if (await OpenForCauseAsync(db, station, alarm.Cause, ct) is { } order)
        {
            order.AlarmId = alarm.Id;
            await links.LinkWorkOrderAsync(db, alarm.Id, order.Id, ct);
            await NoteAsync(db, order, "alarm-again", alarm, ct);
            return;
        }

        var args = new Dictionary<string, string>(alarm.Args, StringComparer.Ordinal) { ["alarmKind"] = AlarmTexts.Code(alarm.Kind), ["alarmCode"] = alarm.MessageCode };
        var title = WorkOrderTexts.Title(WorkOrderTexts.ForAlarm, args, "", CultureInfo.GetCultureInfo("zh-CN"));
        await open.InAsync(db, new(station, kind, title, WorkOrderTexts.ForAlarm, args, null, alarm), Dispatch, ct);
    }

    public async Task OnClearedAsync(QingyuanDb db, AlarmView alarm, CancellationToken ct)
    {
        var order = await db.Set<WorkOrderRow>().SingleOrDefaultAsync(row => row.AlarmId == alarm.Id && row.ClosedAt == null, ct);
        if (order is not null) await NoteAsync(db, order, "alarm-cleared", alarm, ct);
    }

    private static Task<WorkOrderRow?> OpenForCauseAsync(QingyuanDb db, int station, string cause, CancellationToken ct) =>
        db.Set<WorkOrderRow>().SingleOrDefaultAsync(row => row.StationNo == station && row.AlarmCause == cause && row.ClosedAt == null, ct);

    private async Task NoteAsync(QingyuanDb db, WorkOrderRow order, string what, AlarmView alarm, CancellationToken ct)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["event"] = what, ["alarm"] = alarm.Id.ToString(), ["since"] = Stamp(alarm.Since) };
        if (alarm.Until is { } until) fields["until"] = Stamp(until);
        if (alarm.ClearedBy is { } by) fields["clearedBy"] = by;
        await recorder.NoteAsync(db, order, what, Dispatch, fields, options.Value.NoteEvery, ct);
    }

    private static string Stamp(DateTime wall) => StationClock.Instant(wall).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
