using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations.WorkOrders.Acting;

/// <summary>Orders of a station that goes out of use: one that somebody has begun is brought to its end first, the others are cancelled.</summary>
internal sealed class OrdersOfStation(TakeStep steps) : IStationDuty
{
    public async Task<Refusal?> HindranceAsync(QingyuanDb db, int stationNo, CancellationToken ct)
    {
        var begun = await Open(db, stationNo).Where(order => order.State != WorkOrderState.Dispatched).OrderBy(order => order.Id).Select(order => order.Number).ToListAsync(ct);
        return begun.Count is 0 ? null : new("work-order.in-hand", string.Join(", ", begun));
    }

    /// <exception cref="InvalidOperationException">The actor may not cancel orders.</exception>
    public async Task EndAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { [OrderFields.Reason] = reason };
        foreach (var order in await Open(db, stationNo).Where(order => order.State == WorkOrderState.Dispatched).OrderBy(order => order.Id).Select(order => order.Id).ToListAsync(ct))
            if (!(await steps.ActAsync(db, order, OrderAct.Cancel, fields, actor, ct)).TryGet(out _, out var refusal)) throw new InvalidOperationException($"Work order {order} cannot be cancelled: {refusal.Code}.");
    }

    private static IQueryable<WorkOrderRow> Open(QingyuanDb db, int stationNo) => db.Set<WorkOrderRow>().Where(order => order.StationNo == stationNo && order.ClosedAt == null);
}
