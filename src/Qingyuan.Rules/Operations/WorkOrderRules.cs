using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Operations;

/// <summary>The life of a work order: which act is possible when, by whom, with what recorded.</summary>
/// <remarks>
/// Refusals: <c>work-order.act-not-possible</c> (act, state), <c>work-order.not-yours</c>, <c>work-order.role-not-allowed</c> (role, act),
/// <c>work-order.reviewer-worked</c>, <c>work-order.field-missing</c> (field), <c>work-order.field-invalid</c> (field, allowed values), <c>work-order.same-technician</c>.
/// </remarks>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.3", Certainty = "SINGLE")]
public static class WorkOrderRules
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("WORK-ORDER", "1");

    /// <summary>Takes one act, or says why not. Checks, in order: possible now, allowed to this person, complete.</summary>
    public static Result<OrderDecision> Decide(OrderFacts order, OrderAct act, OrderActor actor, IReadOnlyDictionary<string, string> fields)
    {
        if (!IsPossible(order.State, act)) return new Refusal("work-order.act-not-possible", act, order.State);
        if (OrderRights.Check(order, act, actor) is { } notAllowed) return notAllowed;
        if (CheckFields(order, act, fields) is { } incomplete) return incomplete;
        return new OrderDecision(After(act, order.State, fields), TechnicianAfter(order, act, actor, fields), OrderRights.IsWork(act));
    }

    /// <summary>The acts that <paramref name="actor"/> may take now; everybody's when null.</summary>
    public static IReadOnlyList<OrderAct> NextActs(OrderFacts order, OrderActor? actor = null) =>
        [.. Enum.GetValues<OrderAct>().Where(act => IsPossible(order.State, act) && (actor is null || OrderRights.Check(order, act, actor) is null))];

    private static bool IsPossible(OrderState state, OrderAct act) => act switch
    {
        OrderAct.Accept => state is OrderState.Dispatched,
        OrderAct.Arrive => state is OrderState.Accepted,
        OrderAct.Diagnose => state is OrderState.Arrived,
        OrderAct.Repair => state is OrderState.Diagnosed,
        OrderAct.Test => state is OrderState.Repaired,
        OrderAct.Submit => state is OrderState.Tested,
        OrderAct.Review or OrderAct.Reject => state is OrderState.Submitted,
        OrderAct.Close => state is OrderState.Reviewed,
        OrderAct.Reassign or OrderAct.Cancel => state < OrderState.Submitted,
        _ => false,
    };

    private static OrderState After(OrderAct act, OrderState state, IReadOnlyDictionary<string, string> fields) => act switch
    {
        OrderAct.Accept => OrderState.Accepted,
        OrderAct.Arrive => OrderState.Arrived,
        OrderAct.Diagnose => OrderState.Diagnosed,
        OrderAct.Repair => OrderState.Repaired,
        // A failed test is recorded, and the order is where a repair is due again.
        OrderAct.Test => Value(fields, OrderFields.Result) == "fail" ? OrderState.Diagnosed : OrderState.Tested,
        OrderAct.Submit => OrderState.Submitted,
        OrderAct.Review => OrderState.Reviewed,
        OrderAct.Reject => Value(fields, OrderFields.Redo) == "diagnosis" ? OrderState.Arrived : OrderState.Diagnosed,
        OrderAct.Close => OrderState.Closed,
        OrderAct.Reassign => OrderState.Dispatched,
        OrderAct.Cancel => OrderState.Cancelled,
        _ => state,
    };

    private static Refusal? CheckFields(OrderFacts order, OrderAct act, IReadOnlyDictionary<string, string> fields)
    {
        foreach (var name in OrderFields.RequiredBy(act))
            if (Value(fields, name) is null) return new("work-order.field-missing", name);
        return act switch
        {
            OrderAct.Test => OneOf(fields, OrderFields.Result, "pass", "fail"),
            OrderAct.Reject => OneOf(fields, OrderFields.Redo, "repair", "diagnosis"),
            OrderAct.Diagnose => OneOf(fields, OrderFields.FaultClass, "simple", "data-unit", "other"),
            OrderAct.Reassign when Value(fields, OrderFields.Technician) == order.Technician => new Refusal("work-order.same-technician"),
            _ => null,
        };
    }

    private static Refusal? OneOf(IReadOnlyDictionary<string, string> fields, string name, params string[] allowed) =>
        Value(fields, name) is { } value && !allowed.Contains(value, StringComparer.Ordinal)
            ? new("work-order.field-invalid", name, string.Join("|", allowed))
            : null;

    private static string? TechnicianAfter(OrderFacts order, OrderAct act, OrderActor actor, IReadOnlyDictionary<string, string> fields) => act switch
    {
        OrderAct.Reassign => Value(fields, OrderFields.Technician),
        OrderAct.Accept when actor.Role == OrderRoles.Technician => order.Technician ?? actor.Id,
        _ => order.Technician,
    };

    private static string? Value(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;
}
