using System.Globalization;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Validity.Hj75;

/// <summary>Is a gas day valid, and what is its mean? At least 20 valid hours.</summary>
[Clause("HJ 75-2017", "5")]
public static class DayValidity
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("HJ75-DAY", "2017.1");

    /// <summary>Valid hours a day needs.</summary>
    public const int NeededHours = 20;

    /// <summary>Judges one factor's day from its hours (at most 24; absent ones are missing).</summary>
    public static PeriodJudgement Judge(IReadOnlyList<PeriodJudgement> hours, int decimals)
    {
        var valid = hours.Where(hour => hour.Verdict is PeriodVerdict.Valid).ToArray();
        var stopped = hours.Count(hour => hour.Verdict is PeriodVerdict.Stopped);
        var figures = string.Create(CultureInfo.InvariantCulture, $"hours={hours.Count};valid={valid.Length};stopped={stopped}");
        var (min, max) = (valid.Min(hour => hour.Mean), valid.Max(hour => hour.Mean));
        if (stopped == 24) return new(PeriodVerdict.Stopped, null, "F", null, null, null, null, 0, 24, Id.ToString(), figures);
        if (valid.Length < NeededHours)
            return new(PeriodVerdict.Invalid, stopped > 24 - NeededHours ? "partly-stopped" : "too-few-hours", null, null, null, min, max, valid.Length, 24, Id.ToString(), figures);
        var converted = valid.Where(hour => hour.Converted is not null).Select(hour => hour.Converted!.Value).ToArray();
        return new(
            PeriodVerdict.Valid, null, "N", Mean(valid.Select(hour => hour.Mean!.Value).ToArray(), decimals),
            converted.Length >= NeededHours ? Mean(converted, decimals) : null, min, max, valid.Length, 24, Id.ToString(), figures);
    }

    private static decimal Mean(decimal[] values, int decimals) => Rounding.HalfEven(values.Sum() / values.Length, decimals);
}
