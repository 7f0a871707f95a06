using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations.WorkOrders.Clocks;

/// <summary>The fault clocks of an order: which run, and what stops them.</summary>
internal sealed class ClockSet(IOptions<OperationsOptions> options, INoticeBoard board, TimeProvider clock)
{
    /// <summary>A field in which any step may give the receipt of the report to the authority; it stops the report clock.</summary>
    public const string AuthorityReport = "authorityReport";

    private const string ReportClock = "report-authority";

    public static string Subject(WorkOrderRow order, string name) => $"{order.Subject}/{name}";

    public IReadOnlyList<WorkOrderClockRow> Start(QingyuanDb db, WorkOrderRow order)
    {
        var opened = order.OpenedAt.ToOffset(StationClock.Offset);
        var rows = FaultClocks.For(order.Kind, null, options.Value.Clocks).Select(rule => Row(order, rule, opened)).ToList();
        db.AddRange(rows);
        return rows;
    }

    /// <summary>Stops what the order's new state, or a report handed in with this step, stops; drops what the diagnosis excludes.</summary>
    public async Task StopAsync(QingyuanDb db, WorkOrderRow order, IReadOnlyDictionary<string, string> fields, Actor actor, CancellationToken ct)
    {
        var faultClass = fields.GetValueOrDefault(OrderFields.FaultClass);
        var running = await db.Set<WorkOrderClockRow>().Where(row => row.OrderId == order.Id && row.StoppedAt == null).ToListAsync(ct);
        var applying = FaultClocks.For(order.Kind, faultClass, options.Value.Clocks).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var row in running)
        {
            if (!applying.Contains(row.Name)) db.Remove(row);
            else if (Stops(row, order, fields)) row.StoppedAt = clock.GetUtcNow();
            else continue;
            await board.SettleAsync(db, Subject(order, row.Name), actor.Id, ct);
        }
    }

    private bool Stops(WorkOrderClockRow row, WorkOrderRow order, IReadOnlyDictionary<string, string> fields) =>
        (row.Name == ReportClock && !string.IsNullOrWhiteSpace(fields.GetValueOrDefault(AuthorityReport)))
        || options.Value.Clocks.Where(rule => rule.Name == row.Name).Any(rule => FaultClocks.IsStoppedBy(rule, (OrderState)order.State));

    private WorkOrderClockRow Row(WorkOrderRow order, FaultClockRule rule, DateTimeOffset opened)
    {
        var due = rule.DueAt(opened, options.Value.Calendar);
        return new() { OrderId = order.Id, Name = rule.Name, Source = $"{rule.Source} ({rule.Certainty})", DueAt = due, NearlyDueAt = FaultClocks.NearlyDueAt(opened, due) };
    }
}
