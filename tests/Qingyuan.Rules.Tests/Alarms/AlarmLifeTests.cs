using Qingyuan.Rules.Alarms;

namespace Qingyuan.Rules.Tests.Alarms;

public class AlarmLifeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly AlarmFacts Open = AlarmLife.Raise(null).After;

    [Fact]
    [Requirement("R-5.6.4-8")]
    public void The_same_cause_repeats_and_never_doubles()
    {
        var (after, happened) = AlarmLife.Raise(Open);
        Assert.Equal((AlarmEvent.Repeated, 2, AlarmPhase.Active), (happened, after.Count, after.Phase));
    }

    [Fact]
    public void A_cleared_alarm_never_comes_back_a_new_one_is_raised()
    {
        var cleared = AlarmLife.CauseGone(Open);
        Assert.Equal(AlarmEvent.CauseGone, cleared.Event);
        Assert.Equal(AlarmEvent.Raised, AlarmLife.Raise(cleared.After).Event);
        Assert.Equal(AlarmEvent.None, AlarmLife.CauseGone(cleared.After).Event);
        Assert.Equal("alarm.cleared", AlarmLife.Acknowledge(cleared.After).Refusal.Code);
    }

    [Theory]
    [InlineData(false, AlarmPhase.Active)]
    [InlineData(true, AlarmPhase.Acknowledged)]
    public void Shelving_ends_at_its_time_where_the_alarm_was_before(bool acknowledged, AlarmPhase expected)
    {
        var before = acknowledged ? AlarmLife.Acknowledge(Open).Value.After : Open;
        var shelved = AlarmLife.Shelve(before, Noon, TimeSpan.FromHours(1), "cylinder on order").Value.After;
        Assert.Equal(AlarmEvent.None, AlarmLife.Tick(shelved, Noon.AddMinutes(59)).Event);
        var over = AlarmLife.Tick(shelved, Noon.AddHours(1));
        Assert.Equal((AlarmEvent.Unshelved, expected), (over.Event, over.After.Phase));
    }

    [Fact]
    public void Hiding_and_clearing_need_a_reason_and_hiding_an_end()
    {
        Assert.Equal("alarm.reason-missing", AlarmLife.Shelve(Open, Noon, TimeSpan.FromHours(1), " ").Refusal.Code);
        Assert.Equal("alarm.reason-missing", AlarmLife.Clear(Open, null).Refusal.Code);
        Assert.Equal("alarm.duration-invalid", AlarmLife.Shelve(Open, Noon, TimeSpan.FromDays(8), "x").Refusal.Code);
        Assert.Equal("alarm.duration-invalid", AlarmLife.Shelve(Open, Noon, TimeSpan.Zero, "x").Refusal.Code);
    }

    [Fact]
    public void A_shelved_alarm_still_ends_with_its_cause() =>
        Assert.Equal(AlarmPhase.Cleared, AlarmLife.CauseGone(AlarmLife.Shelve(Open, Noon, TimeSpan.FromHours(1), "x").Value.After).After.Phase);

    [Fact]
    public void On_call_people_are_called_in_order_until_one_confirms()
    {
        string[] onCall = ["li", "wang"];
        var policy = EscalationPolicy.Default;
        Assert.Equal(new(EscalationMove.Call, "li", null, 1), Escalation.Next(AlarmPhase.Active, onCall, [], Noon, policy));
        NotificationTry first = new("li", Noon, null);
        Assert.Equal(new(EscalationMove.Wait, null, Noon.AddMinutes(15), 1), Escalation.Next(AlarmPhase.Active, onCall, [first], Noon.AddMinutes(14), policy));
        Assert.Equal(new(EscalationMove.Call, "wang", null, 2), Escalation.Next(AlarmPhase.Active, onCall, [first], Noon.AddMinutes(15), policy));
        Assert.Equal(EscalationMove.Settled, Escalation.Next(AlarmPhase.Active, onCall, [first with { ReceiptAt = Noon.AddMinutes(3) }], Noon.AddMinutes(15), policy).Move);
        Assert.Equal(EscalationMove.Settled, Escalation.Next(AlarmPhase.Acknowledged, onCall, [first], Noon.AddMinutes(15), policy).Move);
    }

    [Fact]
    public void When_nobody_confirms_in_all_rounds_it_says_so()
    {
        NotificationTry[] tries = [.. Enumerable.Range(0, 4).Select(step => new NotificationTry("x", Noon.AddMinutes(15 * step), null))];
        Assert.Equal(EscalationMove.Exhausted, Escalation.Next(AlarmPhase.Active, ["li", "wang"], tries, Noon.AddHours(1), EscalationPolicy.Default).Move);
        Assert.Equal(EscalationMove.Exhausted, Escalation.Next(AlarmPhase.Active, [], [], Noon, EscalationPolicy.Default).Move);
    }

    [Fact]
    public void A_notice_calls_nobody_and_an_exceedance_does()
    {
        Assert.False(NotificationRules.Calls(SignalKind.EarlyWarning, SignalSeverity.Warning));
        Assert.True(NotificationRules.Calls(SignalKind.Exceedance, SignalSeverity.Serious));
    }
}
