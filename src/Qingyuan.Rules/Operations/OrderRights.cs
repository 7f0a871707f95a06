using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Operations;

/// <summary>Who may take which act: work by the responsible technician, review by another person of another role.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.3", Certainty = "SINGLE")]
public static class OrderRights
{
    /// <summary>Null when <paramref name="actor"/> may take <paramref name="act"/>; else why not.</summary>
    public static Refusal? Check(OrderFacts order, OrderAct act, OrderActor actor) => act switch
    {
        OrderAct.Reassign or OrderAct.Cancel => Demand(act, actor, OrderRoles.Dispatcher, OrderRoles.QcManager),
        OrderAct.Review or OrderAct.Reject or OrderAct.Close => Demand(act, actor, OrderRoles.QcManager) ?? CheckReviewer(order, actor),
        _ => Demand(act, actor, OrderRoles.Technician, OrderRoles.Dispatcher) ?? CheckOwner(order, actor),
    };

    /// <summary>True for the steps that make somebody a worker of the order.</summary>
    public static bool IsWork(OrderAct act) => act <= OrderAct.Submit;

    private static Refusal? Demand(OrderAct act, OrderActor actor, params ReadOnlySpan<string> roles) =>
        roles.Contains(actor.Role) ? null : new("work-order.role-not-allowed", actor.Role, act);

    private static Refusal? CheckOwner(OrderFacts order, OrderActor actor) =>
        actor.Role == OrderRoles.Technician && order.Technician is { } owner && owner != actor.Id ? new("work-order.not-yours") : null;

    private static Refusal? CheckReviewer(OrderFacts order, OrderActor actor) =>
        order.Workers.Any(worker => worker.Id == actor.Id || worker.Role == actor.Role) ? new("work-order.reviewer-worked") : null;
}
