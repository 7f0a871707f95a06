using System.Globalization;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Validity.Hj356;

/// <summary>One hour on the way to the daily mean.</summary>
/// <param name="Judgement">The factor's hour.</param>
/// <param name="Flow">Mean flow of the hour in any unit, the same for all hours; null when not known.</param>
public sealed record DayHour(PeriodJudgement Judgement, decimal? Flow);

/// <summary>日均值: flow-weighted over valid hours; needs at least 75 % of what was due.</summary>
[Clause("HJ 356-2019", "7", Certainty = "FROM-MEMORY")]
public static class DayMean
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("HJ356-DAY", "2019.1");

    /// <summary>Share of the due results a day needs.</summary>
    public const decimal NeededShare = 0.75m;

    /// <summary>Judges a day. Hours that are absent are due and missing; hours without discharge are not due.</summary>
    /// <param name="hours">At most 24.</param>
    /// <param name="decimals">Decimals of the mean.</param>
    /// <param name="weighted">False for pH and temperature: a mean by flow makes no sense there.</param>
    public static PeriodJudgement Judge(IReadOnlyList<DayHour> hours, int decimals, bool weighted = true)
    {
        var due = 24 - hours.Count(hour => hour.Judgement.Verdict is PeriodVerdict.NothingDue);
        var valid = hours.Where(hour => hour.Judgement.Verdict is PeriodVerdict.Valid).ToArray();
        var byFlow = weighted && valid.All(hour => hour.Flow is > 0m);
        var figures = string.Create(CultureInfo.InvariantCulture, $"due={due};valid={valid.Length};weighted={(byFlow ? "flow" : "no")}");
        var (min, max) = (valid.Min(hour => hour.Judgement.Mean), valid.Max(hour => hour.Judgement.Mean));
        if (due == 0) return new(PeriodVerdict.NothingDue, null, null, null, null, null, null, 0, 0, Id.ToString(), figures);
        if (valid.Length < due * NeededShare) return new(PeriodVerdict.Invalid, "too-few-results", null, null, null, min, max, valid.Length, due, Id.ToString(), figures);
        return new(PeriodVerdict.Valid, null, null, Rounding.HalfEven(Mean(valid, byFlow), decimals), null, min, max, valid.Length, due, Id.ToString(), figures);
    }

    private static decimal Mean(DayHour[] hours, bool byFlow)
    {
        var flow = byFlow ? hours.Sum(hour => hour.Flow!.Value) : hours.Length;
        return hours.Sum(hour => hour.Judgement.Mean!.Value * (byFlow ? hour.Flow!.Value : 1m)) / flow;
    }
}
