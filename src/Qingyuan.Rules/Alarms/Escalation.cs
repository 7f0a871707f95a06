using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Alarms;

/// <summary>One try to reach somebody.</summary>
/// <param name="Person">Who.</param>
/// <param name="At">When it was handed to a channel.</param>
/// <param name="ReceiptAt">When the person confirmed (opened the link, acknowledged); null until then.</param>
public sealed record NotificationTry(string Person, DateTimeOffset At, DateTimeOffset? ReceiptAt);

/// <summary>How on-call people are called one after the other.</summary>
/// <param name="ReceiptWithin">Time a person has to confirm before the next one is called.</param>
/// <param name="Rounds">How often the whole list is gone through before giving up loudly.</param>
public sealed record EscalationPolicy(TimeSpan ReceiptWithin, int Rounds)
{
    /// <summary>15 minutes each, two rounds. Our own starting values, no standard's.</summary>
    public static EscalationPolicy Default { get; } = new(TimeSpan.FromMinutes(15), 2);
}

/// <summary>What to do next about an alarm people must hear of.</summary>
public enum EscalationMove
{
    /// <summary>Call <see cref="EscalationDecision.Person"/> now.</summary>
    Call,

    /// <summary>Look again at <see cref="EscalationDecision.At"/>.</summary>
    Wait,

    /// <summary>Somebody confirmed, or the alarm is no longer active: nothing more to do.</summary>
    Settled,

    /// <summary>Nobody confirmed in all rounds, or nobody is on call: say so on every surface.</summary>
    Exhausted,
}

/// <summary>The next move.</summary>
/// <param name="Move">Which.</param>
/// <param name="Person">Set for <see cref="EscalationMove.Call"/>.</param>
/// <param name="At">Set for <see cref="EscalationMove.Wait"/>.</param>
/// <param name="Step">1 for the first call, 2 for the second, and so on.</param>
public sealed record EscalationDecision(EscalationMove Move, string? Person, DateTimeOffset? At, int Step);

/// <summary>Whom to call, in on-call order, until somebody confirms.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.6", Certainty = "SINGLE")]
public static class Escalation
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("ESCALATION", "1");

    /// <summary>Decides the next move.</summary>
    /// <param name="phase">The alarm now: only an active one is escalated.</param>
    /// <param name="onCall">People in the order they are called.</param>
    /// <param name="tries">So far, oldest first.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="policy">Times and rounds.</param>
    public static EscalationDecision Next(
        AlarmPhase phase, IReadOnlyList<string> onCall, IReadOnlyList<NotificationTry> tries, DateTimeOffset now, EscalationPolicy policy)
    {
        if (phase is not AlarmPhase.Active || tries.Any(each => each.ReceiptAt is not null)) return new(EscalationMove.Settled, null, null, tries.Count);
        if (tries.Count > 0 && tries[^1].At + policy.ReceiptWithin is var until && now < until) return new(EscalationMove.Wait, null, until, tries.Count);
        return tries.Count < (long)onCall.Count * policy.Rounds
            ? new(EscalationMove.Call, onCall[tries.Count % onCall.Count], null, tries.Count + 1)
            : new(EscalationMove.Exhausted, null, null, tries.Count);
    }
}
