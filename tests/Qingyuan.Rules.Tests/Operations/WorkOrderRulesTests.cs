using Qingyuan.Rules.Operations;

namespace Qingyuan.Rules.Tests.Operations;

public class WorkOrderRulesTests
{
    private static readonly OrderActor Li = new("u:li", "technician");
    private static readonly OrderActor Wang = new("u:wang", "technician");
    private static readonly OrderActor Qc = new("u:qc", "qc-manager");
    private static readonly OrderActor Dispatcher = new("u:disp", "dispatcher");

    [Fact]
    [Requirement("R-5.6.3-g2")]
    public void An_order_goes_all_the_way_to_closure()
    {
        var order = new OrderFacts(OrderState.Dispatched, Li.Id, []);
        order = Take(order, OrderAct.Accept, Li);
        order = Take(order, OrderAct.Arrive, Li);
        order = Take(order, OrderAct.Diagnose, Li, ("cause", "O 形圈老化"));
        order = Take(order, OrderAct.Repair, Li, ("part", "O-ring"));
        order = Take(order, OrderAct.Test, Li, ("result", "pass"));
        order = Take(order, OrderAct.Submit, Li);
        order = Take(order, OrderAct.Review, Qc);
        order = Take(order, OrderAct.Close, Qc);
        Assert.Equal(OrderState.Closed, order.State);
        Assert.Empty(WorkOrderRules.NextActs(order));
    }

    [Fact]
    public void A_diagnosis_without_a_cause_names_the_field() => Refused(
        new(OrderState.Arrived, Li.Id, [Li]), OrderAct.Diagnose, Li, "work-order.field-missing", "cause");

    [Fact]
    public void A_test_without_a_result_names_the_field() => Refused(
        new(OrderState.Repaired, Li.Id, [Li]), OrderAct.Test, Li, "work-order.field-missing", "result");

    [Fact]
    public void A_test_result_is_pass_or_fail()
    {
        var refusal = WorkOrderRules.Decide(new(OrderState.Repaired, Li.Id, [Li]), OrderAct.Test, Li, Fields(("result", "maybe"))).Refusal;
        Assert.Equal("work-order.field-invalid", refusal.Code);
        Assert.Equal(["result", "pass|fail"], refusal.Args);
    }

    [Fact]
    public void A_failed_test_asks_for_another_repair() =>
        Assert.Equal(OrderState.Diagnosed, Take(new(OrderState.Repaired, Li.Id, [Li]), OrderAct.Test, Li, ("result", "fail")).State);

    [Fact]
    public void A_step_cannot_be_skipped() => Refused(
        new(OrderState.Accepted, Li.Id, [Li]), OrderAct.Repair, Li, "work-order.act-not-possible", OrderAct.Repair, OrderState.Accepted);

    [Fact]
    public void Another_technician_may_not_work_it() => Refused(new(OrderState.Dispatched, Li.Id, []), OrderAct.Accept, Wang, "work-order.not-yours");

    [Fact]
    public void An_order_without_a_technician_belongs_to_the_one_who_accepts_it() =>
        Assert.Equal(Wang.Id, Take(new(OrderState.Dispatched, null, []), OrderAct.Accept, Wang).Technician);

    [Fact]
    [Requirement("R-5.6.3-g2")]
    public void Nobody_reviews_own_work_not_even_under_another_role()
    {
        var order = new OrderFacts(OrderState.Submitted, Li.Id, [Li]);
        Refused(order, OrderAct.Review, Li, "work-order.role-not-allowed", "technician", OrderAct.Review);
        Refused(order, OrderAct.Review, Li with { Role = "qc-manager" }, "work-order.reviewer-worked");
        Refused(order with { Workers = [new("u:other", "qc-manager")] }, OrderAct.Review, Qc, "work-order.reviewer-worked");
    }

    [Theory]
    [InlineData(null, OrderState.Diagnosed)]
    [InlineData("repair", OrderState.Diagnosed)]
    [InlineData("diagnosis", OrderState.Arrived)]
    public void A_rejection_says_what_must_be_done_again(string? redo, OrderState expected)
    {
        var order = new OrderFacts(OrderState.Submitted, Li.Id, [Li]);
        Assert.Equal(expected, (redo is null ? Take(order, OrderAct.Reject, Qc, ("reason", "no photo")) : Take(order, OrderAct.Reject, Qc, ("reason", "no photo"), ("redo", redo))).State);
    }

    [Fact]
    public void Reassigning_starts_at_accepting_again_and_needs_a_dispatcher()
    {
        var order = new OrderFacts(OrderState.Arrived, Li.Id, [Li]);
        Refused(order, OrderAct.Reassign, Li, "work-order.role-not-allowed", "technician", OrderAct.Reassign);
        Refused(order, OrderAct.Reassign, Dispatcher, "work-order.field-missing", "technician");
        var decision = WorkOrderRules.Decide(order, OrderAct.Reassign, Dispatcher, Fields(("technician", Wang.Id))).Value;
        Assert.Equal(new OrderDecision(OrderState.Dispatched, Wang.Id, false), decision);
    }

    [Fact]
    public void What_was_handed_in_is_not_cancelled() => Refused(
        new(OrderState.Submitted, Li.Id, [Li]), OrderAct.Cancel, Dispatcher, "work-order.act-not-possible", OrderAct.Cancel, OrderState.Submitted);

    [Fact]
    public void Next_acts_are_those_the_person_may_take()
    {
        var order = new OrderFacts(OrderState.Submitted, Li.Id, [Li]);
        Assert.Equal([OrderAct.Review, OrderAct.Reject], WorkOrderRules.NextActs(order, Qc));
        Assert.Empty(WorkOrderRules.NextActs(order, Li));
    }

    private static OrderFacts Take(OrderFacts order, OrderAct act, OrderActor actor, params (string, string)[] fields)
    {
        var decision = WorkOrderRules.Decide(order, act, actor, Fields(fields)).Value;
        return new(decision.State, decision.Technician, decision.IsWork ? [.. order.Workers, actor] : order.Workers);
    }

    private static void Refused(OrderFacts order, OrderAct act, OrderActor actor, string code, params object[] args)
    {
        var refusal = WorkOrderRules.Decide(order, act, actor, Fields()).Refusal;
        Assert.Equal(code, refusal.Code);
        Assert.Equal(args, refusal.Args);
    }

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value);
}
