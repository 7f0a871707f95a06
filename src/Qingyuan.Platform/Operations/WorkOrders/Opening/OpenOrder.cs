using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Operations.WorkOrders.Acting;
using Qingyuan.Platform.Operations.WorkOrders.Clocks;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Operations.WorkOrders.Opening;

/// <summary>Opens an order in the caller's transaction: number, technician, clocks, first step, ledger entry.</summary>
/// <remarks>Without an account in use behind its technician an order waits, unassigned, for the dispatcher, and its first step names who was meant.</remarks>
internal sealed class OpenOrder(ClockSet clocks, StepRecorder recorder, IAlarmLinks links, IStationDirectory stations, ITechnicians technicians, TimeProvider clock)
{
    public async Task<WorkOrderRow> InAsync(QingyuanDb db, NewOrder order, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var asked = order.Technician ?? stations.Get(order.StationNo)?.Technician;
        var technician = asked is null ? null : await technicians.FindAsync(db, asked, ct);
        var (day, number) = await OrderNumbers.NextAsync(db, now, ct);
        var row = new WorkOrderRow
        {
            Id = Guid.CreateVersion7(now),
            Number = number,
            Day = day,
            StationNo = order.StationNo,
            Kind = order.Kind,
            Title = order.Title,
            TitleCode = order.TitleCode,
            TitleArgs = StoredTexts.Json(order.TitleArgs),
            State = WorkOrderState.Dispatched,
            AlarmId = order.Alarm?.Id,
            AlarmCause = order.Alarm?.Cause,
            Technician = technician,
            OpenedAt = now,
            OpenedBy = actor.Id,
        };
        db.Add(row);
        var started = clocks.Start(db, row);
        recorder.Record(db, row, seq: 1, "open", actor, Fields(order, row, asked), started);
        if (order.Alarm is { } alarm) await links.LinkWorkOrderAsync(db, alarm.Id, row.Id, ct);
        return row;
    }

    private static Dictionary<string, string> Fields(NewOrder order, WorkOrderRow row, string? asked)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = order.Kind, ["title"] = order.Title };
        if (row.Technician is { } technician) fields["technician"] = technician;
        else if (asked is not null) fields["technicianGone"] = asked;
        if (order.Alarm is not { } alarm) return fields;
        (fields["alarm"], fields["alarmCause"], fields["alarmRule"]) = (alarm.Id.ToString(), alarm.Cause, alarm.Rule);
        return fields;
    }
}
