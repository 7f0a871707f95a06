namespace Qingyuan.Rules.Validity;

/// <summary>What our rules make of a period (a flag is what a device said; a verdict is what we conclude).</summary>
public enum PeriodVerdict
{
    /// <summary>Counts.</summary>
    Valid,

    /// <summary>Does not count; the reason says why.</summary>
    Invalid,

    /// <summary>The source stood still: leaves the denominator.</summary>
    Stopped,

    /// <summary>No discharge: nothing was due.</summary>
    NothingDue,
}

/// <summary>The judgement of one factor and period with its figures.</summary>
/// <param name="Verdict">What we conclude.</param>
/// <param name="Reason">Stable code when not valid, such as <c>too-few-minutes</c>; null when valid.</param>
/// <param name="Mark">State letter of the HJ 75/76 table; null for water.</param>
/// <param name="Mean">By the rule's rounding; null when not valid.</param>
/// <param name="Converted">At reference oxygen; null where it does not apply, is undefined or the period is not valid.</param>
/// <param name="Min">Smallest value that counted; null when none did.</param>
/// <param name="Max">Largest value that counted; null when none did.</param>
/// <param name="Used">How many values the mean rests on.</param>
/// <param name="Due">How many were due.</param>
/// <param name="Rule">Rule id and version.</param>
/// <param name="Figures">Intermediate figures for people, as <c>name=value</c> joined by semicolons.</param>
public sealed record PeriodJudgement(
    PeriodVerdict Verdict, string? Reason, string? Mark, decimal? Mean, decimal? Converted, decimal? Min, decimal? Max, int Used, int Due, string Rule, string Figures)
{
    /// <summary>As stored: <c>valid</c>, <c>invalid:REASON</c>, <c>stopped</c>, <c>nothing-due</c>.</summary>
    public string Code => Verdict switch
    {
        PeriodVerdict.Valid => "valid",
        PeriodVerdict.Stopped => "stopped",
        PeriodVerdict.NothingDue => "nothing-due",
        _ => "invalid:" + Reason,
    };
}
