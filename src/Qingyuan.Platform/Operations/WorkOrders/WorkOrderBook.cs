using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Operations.WorkOrders.Acting;
using Qingyuan.Platform.Operations.WorkOrders.Opening;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations.WorkOrders;

/// <summary>The slice's door: lists and finds here, opening and acting in their own classes.</summary>
internal sealed class WorkOrderBook(IDatabase database, OpenOrder open, TakeStep steps, IStationDirectory stations, ITechnicians technicians, TimeProvider clock) : IWorkOrders
{
    private const int LargestPage = 500;

    private static readonly HashSet<string> Kinds =
        [OrderKinds.Manual, OrderKinds.DeviceFault, OrderKinds.SuspectedFault, OrderKinds.StuckValue, OrderKinds.MissingData, OrderKinds.LinkDown, OrderKinds.QualityControl, OrderKinds.Filing];

    public async Task<Page<WorkOrderView>> ListAsync(WorkOrderQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = database.Read();
        var rows = db.Set<WorkOrderRow>().AsQueryable();
        if (scope is not null) rows = rows.Where(row => scope.Contains(row.StationNo));
        if (query.StationNo is { } station) rows = rows.Where(row => row.StationNo == station);
        if (PersonId.Name(query.Technician) is { } technician) rows = rows.Where(row => row.Technician == technician);
        if (query.OpenOnly) rows = rows.Where(row => row.ClosedAt == null);
        rows = Within(rows, query.From, query.To);
        if (Guid.TryParse(query.After, out var after)) rows = rows.Where(row => row.Id < after);
        var limit = Math.Clamp(query.Limit, 1, LargestPage);
        var found = await rows.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = await ViewsAsync(db, [.. found.Take(limit)], ct);
        return new(page, found.Count > limit ? page[^1].Id.ToString() : null);
    }

    public async Task<WorkOrderView?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        var found = await db.Set<WorkOrderRow>().Where(row => row.Id == id).ToListAsync(ct);
        return (await ViewsAsync(db, found, ct)).SingleOrDefault();
    }

    public async Task<Result<WorkOrderView>> OpenAsync(int stationNo, string kind, string title, string? technician, Actor actor, CancellationToken ct)
    {
        if (stations.InUse(stationNo) is null) return stations.NotInUse(stationNo, "work-order.station-unknown");
        if (!Kinds.Contains(kind)) return new Refusal("work-order.field-invalid", "kind", string.Join("|", Kinds));
        if (string.IsNullOrWhiteSpace(title)) return new Refusal("work-order.field-missing", "title");
        var opened = await database.WriteAsync(
            (db, token) => OpenAsync(db, new(stationNo, kind, title.Trim(), "", new Dictionary<string, string>(), PersonId.Name(technician), null), actor, token), ct);
        return opened.TryGet(out var order, out var refusal) ? await ViewAsync(order.Id, ct) : refusal;
    }

    public async Task<Result<WorkOrderView>> ActAsync(Guid id, string act, IReadOnlyDictionary<string, string> fields, Actor actor, CancellationToken ct)
    {
        var known = Enum.GetValues<OrderAct>().Where(each => TakeStep.Name(each) == act).ToList();
        if (known.Count == 0) return new Refusal("work-order.act-unknown", act);
        if (!(await steps.ActAsync(id, known[0], fields, actor, ct)).TryGet(out _, out var refusal)) return refusal;
        return await ViewAsync(id, ct);
    }

    private static IQueryable<WorkOrderRow> Within(IQueryable<WorkOrderRow> rows, DateTime? from, DateTime? to)
    {
        if (to is { } last)
        {
            var end = StationClock.Instant(last);
            rows = rows.Where(row => row.OpenedAt < end);
        }

        if (from is not { } first) return rows;
        var start = StationClock.Instant(first);
        return rows.Where(row => row.ClosedAt == null || row.ClosedAt >= start);
    }

    private async Task<Result<WorkOrderRow>> OpenAsync(QingyuanDb db, NewOrder order, Actor actor, CancellationToken ct)
    {
        if (order.Technician is { } named && await technicians.FindAsync(db, named, ct) is null) return TakeStep.NoTechnician(named);
        return await open.InAsync(db, order, actor, ct);
    }

    private async Task<WorkOrderView> ViewAsync(Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) ?? throw new InvalidOperationException($"Work order {id} vanished after its own commit.");

    private async Task<List<WorkOrderView>> ViewsAsync(QingyuanDb db, List<WorkOrderRow> orders, CancellationToken ct)
    {
        var ids = orders.Select(order => order.Id).ToList();
        var taken = (await db.Set<WorkOrderStepRow>().Where(row => ids.Contains(row.OrderId)).ToListAsync(ct)).ToLookup(row => row.OrderId);
        var clocks = (await db.Set<WorkOrderClockRow>().Where(row => ids.Contains(row.OrderId)).ToListAsync(ct)).ToLookup(row => row.OrderId);
        return [.. orders.Select(order => View(order, [.. taken[order.Id].OrderBy(step => step.Seq)], [.. clocks[order.Id].OrderBy(each => each.DueAt)]))];
    }

    private WorkOrderView View(WorkOrderRow order, List<WorkOrderStepRow> taken, List<WorkOrderClockRow> clocks)
    {
        var now = clock.GetUtcNow();
        var facts = new OrderFacts((OrderState)order.State, PersonId.From(order.Technician), []);
        return new(
            order.Id, order.Number, order.StationNo, order.Kind, order.Title, order.State, order.AlarmId, order.Technician, order.OpenedAt, order.OpenedBy, order.Cause, order.ClosedAt,
            [.. taken.Select(step => new WorkOrderStep(step.Act, step.State, step.ActorId, step.At, StoredTexts.Read(step.Fields), step.LedgerEntryId))],
            [.. clocks.Select(each => new FaultClock(each.Name, each.DueAt, each.StoppedAt, IsOverdue(order, each, now), each.Source))],
            [.. WorkOrderRules.NextActs(facts).Select(TakeStep.Name)], order.TitleCode, StoredTexts.Read(order.TitleArgs));
    }

    private static bool IsOverdue(WorkOrderRow order, WorkOrderClockRow row, DateTimeOffset now) =>
        FaultClocks.StateAt(order.OpenedAt, row.DueAt, row.StoppedAt, now) is ClockState.Overdue or ClockState.Missed;
}
