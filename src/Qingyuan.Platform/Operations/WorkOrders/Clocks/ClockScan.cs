using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations.WorkOrders.Clocks;

/// <summary>Tells people at 80 % of a fault clock and again when it has run out, each once.</summary>
internal sealed class ClockScan(
    IDatabase database, INoticeBoard board, IElectronicLedger ledger, IEventStream events, Organisation organisation, TimeProvider clock) : IDueScan
{
    public string Name => "work-order clocks";

    public async Task ScanAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var read = database.Read();
        var due = await read.Set<WorkOrderClockRow>()
            .Where(row => row.StoppedAt == null && ((row.NearlyDueAt <= now && row.NearlyDueSaidAt == null) || (row.DueAt <= now && row.OverdueSaidAt == null)))
            .ToListAsync(ct);
        foreach (var row in due) await database.WriteAsync((db, token) => SayAsync(db, row, now, token), ct);
    }

    private async Task<bool> SayAsync(QingyuanDb db, WorkOrderClockRow row, DateTimeOffset now, CancellationToken ct)
    {
        var overdue = row.DueAt <= now;
        if (!await ClaimAsync(db, row, overdue, now, ct)) return false;
        var order = await db.Set<WorkOrderRow>().AsNoTracking().SingleAsync(each => each.Id == row.OrderId, ct);
        await board.PostAsync(db, Notice(order, row, overdue), ct);
        ledger.Record(db, new("om.work-order.clock", order.Subject, order.StationNo, null, Actor.Service("fault-clocks", organisation.Code), now, Body(order, row, overdue)));
        events.Publish(db, "work-order.clock", order.StationNo, new { order.Id, order.Number, order.StationNo, clock = row.Name, overdue });
        return true;
    }

    /// <summary>False when it was stopped, or said by another node, meanwhile.</summary>
    private static async Task<bool> ClaimAsync(QingyuanDb db, WorkOrderClockRow row, bool overdue, DateTimeOffset now, CancellationToken ct)
    {
        var running = db.Set<WorkOrderClockRow>().Where(each => each.OrderId == row.OrderId && each.Name == row.Name && each.StoppedAt == null);
        return overdue
            ? await running.Where(each => each.OverdueSaidAt == null).ExecuteUpdateAsync(set => set.SetProperty(each => each.OverdueSaidAt, now).SetProperty(each => each.NearlyDueSaidAt, now), ct) == 1
            : await running.Where(each => each.NearlyDueSaidAt == null).ExecuteUpdateAsync(set => set.SetProperty(each => each.NearlyDueSaidAt, now), ct) == 1;
    }

    private static Notice Notice(WorkOrderRow order, WorkOrderClockRow row, bool overdue) => new(
        ClockSet.Subject(order, row.Name),
        order.StationNo,
        overdue ? AlarmSeverity.Serious : AlarmSeverity.Warning,
        overdue ? "notice.order-clock-overdue" : "notice.order-clock-near",
        WorkOrderTexts.ClockArgs(order, row),
        FaultClocks.Id.ToString(),
        StationClock.Wall(order.OpenedAt),
        "/work-orders/" + order.Id);

    private static JsonObject Body(WorkOrderRow order, WorkOrderClockRow row, bool overdue) => new()
    {
        ["number"] = order.Number,
        ["clock"] = row.Name,
        ["state"] = overdue ? "overdue" : "nearly-due",
        ["due"] = row.DueAt.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        ["source"] = row.Source,
    };
}
