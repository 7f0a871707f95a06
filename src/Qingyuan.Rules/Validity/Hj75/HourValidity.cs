using System.Globalization;
using Qingyuan.Rules.Emissions;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Validity.Hj75;

/// <summary>Is a gas hour valid, and what is its mean? At least 45 valid minutes.</summary>
[Clause("HJ 75-2017", "5")]
public static class HourValidity
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("HJ75-HOUR", "2017.1");

    /// <summary>Valid minutes an hour needs.</summary>
    public const int NeededMinutes = 45;

    /// <summary>Judges one factor's hour.</summary>
    /// <param name="minutes">At most one entry a minute, any order; absent minutes are missing.</param>
    /// <param name="decimals">Decimals of the mean.</param>
    /// <param name="oxygen">Hourly mean of oxygen and the reference, when the factor is converted; null otherwise. A null mean: oxygen is not valid.</param>
    public static PeriodJudgement Judge(IReadOnlyList<MinuteReading> minutes, int decimals, (decimal? Mean, decimal Reference)? oxygen = null)
    {
        var counted = minutes.Where(minute => minute.Counts).Select(minute => minute.Value!.Value).ToArray();
        var mark = HourMark.Derive(minutes);
        var figures = Figures(minutes, counted.Length);
        var (min, max) = counted.Length == 0 ? ((decimal?)null, (decimal?)null) : (counted.Min(), counted.Max());
        if (mark == "F") return new(PeriodVerdict.Stopped, null, mark, null, null, min, max, counted.Length, 60, Id.ToString(), figures);
        if (counted.Length < NeededMinutes)
            return new(PeriodVerdict.Invalid, Reason(minutes), mark, null, null, min, max, counted.Length, 60, Id.ToString(), figures);
        var mean = counted.Sum() / counted.Length;
        var converted = oxygen is { Mean: { } o2, Reference: var reference } ? ReferenceOxygen.Convert(mean, o2, reference) : null;
        return new(
            PeriodVerdict.Valid, null, mark, Rounding.HalfEven(mean, decimals), converted is { } value ? Rounding.HalfEven(value, decimals) : null,
            min, max, counted.Length, 60, Id.ToString(), figures + OxygenFigures(oxygen));
    }

    // The commonest thing that kept minutes from counting.
    private static string Reason(IReadOnlyList<MinuteReading> minutes)
    {
        var missing = 60 - minutes.Count + minutes.Count(minute => minute.Value is null && DataMarks.Counts(minute.State));
        var worst = minutes.Where(minute => !DataMarks.Counts(minute.State)).GroupBy(minute => DataMarks.Letter(minute.State)).MaxBy(group => group.Count());
        if (worst is null || missing > worst.Count()) return "too-few-minutes";
        return worst.Key switch
        {
            "C" => "calibration",
            "M" => "maintenance",
            "T" => "over-range",
            "F" => "partly-stopped",
            "Md" => "too-few-minutes",
            _ => "fault",
        };
    }

    private static string Figures(IReadOnlyList<MinuteReading> minutes, int valid)
    {
        var letters = minutes.GroupBy(minute => DataMarks.Letter(minute.State)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $";{group.Key}={group.Count()}"));
        return string.Create(CultureInfo.InvariantCulture, $"minutes={minutes.Count};valid={valid}{string.Concat(letters)}");
    }

    private static string OxygenFigures((decimal? Mean, decimal Reference)? oxygen) => oxygen switch
    {
        null => "",
        { Mean: null } => ";oxygen=not-valid",
        { Mean: { } mean, Reference: var reference } => string.Create(CultureInfo.InvariantCulture, $";oxygen={Rounding.HalfEven(mean, 2)};reference={reference}"),
    };
}
