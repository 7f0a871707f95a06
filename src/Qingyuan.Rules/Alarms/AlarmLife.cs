using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Alarms;

/// <summary>Phases of an alarm (报警). Member names equal those of the platform's alarm states.</summary>
public enum AlarmPhase
{
    /// <summary>Cause present, nobody has said "seen".</summary>
    Active,

    /// <summary>Cause present, somebody has it.</summary>
    Acknowledged,

    /// <summary>Hidden until a time, with a reason; the cause is still watched.</summary>
    Shelved,

    /// <summary>Cause gone, or cleared by a person with a reason.</summary>
    Cleared,
}

/// <summary>What happened to an alarm.</summary>
public enum AlarmEvent
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A new alarm.</summary>
    Raised,

    /// <summary>The same cause again while it was open.</summary>
    Repeated,

    /// <summary>Somebody has it.</summary>
    Acknowledged,

    /// <summary>Hidden until a time.</summary>
    Shelved,

    /// <summary>The time is over; the cause is still there.</summary>
    Unshelved,

    /// <summary>Ended by the cause being gone.</summary>
    CauseGone,

    /// <summary>Ended by a person.</summary>
    ClearedByPerson,
}

/// <summary>What the rules need to know of one alarm.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Count">Raises while it stayed open, the first included.</param>
/// <param name="WasAcknowledged">Somebody has said "seen" at least once.</param>
/// <param name="ShelvedUntil">Set while shelved.</param>
public sealed record AlarmFacts(AlarmPhase Phase, int Count, bool WasAcknowledged, DateTimeOffset? ShelvedUntil);

/// <summary>The alarm after an event, and which event it was (<see cref="AlarmEvent.None"/> when nothing changes).</summary>
public sealed record AlarmStep(AlarmFacts After, AlarmEvent Event);

/// <summary>How long an alarm may be hidden.</summary>
public sealed record ShelvingLimits(TimeSpan Shortest, TimeSpan Longest)
{
    /// <summary>One minute to seven days: longer is not hiding but switching off, which needs a change of the rule.</summary>
    public static ShelvingLimits Default { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
}

/// <summary>The life of an alarm: raise, repeat, acknowledge, shelve, clear. At most one open alarm exists per cause; a cleared one never comes back, a new one is raised.</summary>
/// <remarks>Refusals: <c>alarm.cleared</c>, <c>alarm.already-acknowledged</c>, <c>alarm.reason-missing</c> (reason), <c>alarm.duration-invalid</c> (minutes, shortest, longest).</remarks>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.4", Certainty = "SINGLE")]
public static class AlarmLife
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("ALARM-LIFE", "1");

    /// <summary>The cause is present: a new alarm when <paramref name="open"/> is null or cleared, otherwise a repeat.</summary>
    public static AlarmStep Raise(AlarmFacts? open) => open is null or { Phase: AlarmPhase.Cleared }
        ? new(new(AlarmPhase.Active, 1, false, null), AlarmEvent.Raised)
        : new(open with { Count = open.Count + 1 }, AlarmEvent.Repeated);

    /// <summary>The cause is gone: whatever phase it is in, the alarm ends.</summary>
    public static AlarmStep CauseGone(AlarmFacts? open) => open switch
    {
        null => new(new(AlarmPhase.Cleared, 0, false, null), AlarmEvent.None),
        { Phase: AlarmPhase.Cleared } => new(open, AlarmEvent.None),
        _ => new(Ended(open), AlarmEvent.CauseGone),
    };

    /// <summary>Somebody says "seen, I have it". Ends shelving: who has it does not hide it.</summary>
    public static Result<AlarmStep> Acknowledge(AlarmFacts alarm) => alarm.Phase switch
    {
        AlarmPhase.Cleared => new Refusal("alarm.cleared"),
        AlarmPhase.Acknowledged => new Refusal("alarm.already-acknowledged"),
        _ => new AlarmStep(alarm with { Phase = AlarmPhase.Acknowledged, WasAcknowledged = true, ShelvedUntil = null }, AlarmEvent.Acknowledged),
    };

    /// <summary>Hides the alarm from <paramref name="now"/> for <paramref name="duration"/>; a shelved one gets the new end.</summary>
    public static Result<AlarmStep> Shelve(AlarmFacts alarm, DateTimeOffset now, TimeSpan duration, string? reason, ShelvingLimits? limits = null)
    {
        var (shortest, longest) = limits ?? ShelvingLimits.Default;
        if (alarm.Phase is AlarmPhase.Cleared) return new Refusal("alarm.cleared");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("alarm.reason-missing", "reason");
        if (duration < shortest || duration > longest) return new Refusal("alarm.duration-invalid", "minutes", shortest, longest);
        return new AlarmStep(alarm with { Phase = AlarmPhase.Shelved, ShelvedUntil = now + duration }, AlarmEvent.Shelved);
    }

    /// <summary>Ends the alarm by a person's word.</summary>
    public static Result<AlarmStep> Clear(AlarmFacts alarm, string? reason)
    {
        if (alarm.Phase is AlarmPhase.Cleared) return new Refusal("alarm.cleared");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("alarm.reason-missing", "reason");
        return new AlarmStep(Ended(alarm), AlarmEvent.ClearedByPerson);
    }

    /// <summary>Time passes: shelving that is over puts the alarm back where it was.</summary>
    public static AlarmStep Tick(AlarmFacts alarm, DateTimeOffset now) => alarm is { Phase: AlarmPhase.Shelved, ShelvedUntil: { } until } && now >= until
        ? new(alarm with { Phase = alarm.WasAcknowledged ? AlarmPhase.Acknowledged : AlarmPhase.Active, ShelvedUntil = null }, AlarmEvent.Unshelved)
        : new(alarm, AlarmEvent.None);

    private static AlarmFacts Ended(AlarmFacts alarm) => alarm with { Phase = AlarmPhase.Cleared, ShelvedUntil = null };
}
