using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.RemoteControl;

/// <summary>Whether a rule or a schedule may start an operation by itself. Reading needs nobody's leave: it changes nothing at the station. All preconditions hold besides.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.3", Certainty = "SINGLE")]
public static class AutomaticStart
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("REMOTE-AUTHORISATION", "1");

    /// <summary>Starts exceedance retention when an exceedance alarm is raised (超标留样).</summary>
    public static readonly RuleId ExceedanceRetention = new("EXCEEDANCE-RETENTION", "1");

    /// <summary>Sets the clock when a clock alarm is raised.</summary>
    public static readonly RuleId ClockCorrection = new("CLOCK-CORRECTION", "1");

    /// <summary>Starts an operation at a time of day.</summary>
    public static readonly RuleId Schedule = new("SCHEDULE", "1");

    /// <summary>The longest an authorisation may run before a person has to think of it again; the house's own parameter.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Operations that a rule may be authorised to start. None that changes a setting, and none but what its rule is for.</summary>
    public static bool Suits(string rule, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (rule == ExceedanceRetention.ToString()) return operation.Effect is OperationEffect.Retain;
        if (rule == ClockCorrection.ToString()) return operation.Code is "set-clock";
        return rule == Schedule.ToString() && operation.Effect is not (OperationEffect.Setting or OperationEffect.Read);
    }

    /// <summary>Why it may not start now; null when it may.</summary>
    /// <param name="operation">Which one.</param>
    /// <param name="authorisation">The one for this rule, operation and station; null when there is none.</param>
    /// <param name="now">Wall clock of the station.</param>
    /// <param name="startedToday">Under this authorisation at this station.</param>
    public static Refusal? Against(Operation operation, Authorisation? authorisation, DateTime now, int startedToday)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.Effect is OperationEffect.Read) return null;
        if (authorisation is null || authorisation.IsRevoked) return new("command.not-authorised", operation.Code);
        if (now < authorisation.ValidFrom || now >= authorisation.ValidTo) return new("command.authorisation-ended", operation.Code);
        if (authorisation.From != authorisation.To && !TimeOnly.FromDateTime(now).IsBetween(authorisation.From, authorisation.To)) return new("command.outside-hours", authorisation.From, authorisation.To);
        return startedToday >= authorisation.TimesPerDay ? new("command.too-often", authorisation.TimesPerDay) : null;
    }
}
