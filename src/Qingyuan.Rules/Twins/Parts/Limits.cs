using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>Judged hours and days against limits on the right basis, and against what the logger reported.</summary>
internal static class Limits
{
    private const decimal AllowedDifference = 1m;

    private static readonly RuleId DifferenceRule = new("AGGREGATE-DIFFERENCE", "1");

    public static void Hour(TwinTurn turn, DateTime hour, IReadOnlyList<JudgedFactor> results, bool isNew)
    {
        var temperature = Temperature(results);
        foreach (var result in results)
        {
            var factor = turn.Settings.Factor(result.Factor);
            Compare(turn, hour, factor, result);
            if (factor.Limit is not { } limit) continue;
            var daily = limit.Basis is LimitBasisKind.DailyMean;
            var trouble = Trouble(daily ? SignalKind.EarlyWarning : SignalKind.Exceedance, (daily ? "hour-over-daily:" : "exceedance:") + factor.Code, factor);
            Judge(turn, new(hour, hour.AddHours(1), turn.State.NewestHour, isNew), result.Judgement, Value(turn.Settings, factor, result.Judgement), factor, temperature, trouble);
        }

        turn.State = turn.State with { NewestHour = Later(turn.State.NewestHour, hour) };
    }

    public static void Day(TwinTurn turn, DateTime day, IReadOnlyList<JudgedFactor> results, bool isNew)
    {
        var temperature = Temperature(results);
        foreach (var result in results)
        {
            var factor = turn.Settings.Factor(result.Factor);
            if (factor.Limit is not { Basis: LimitBasisKind.DailyMean }) continue;
            var period = new Period(day, day.AddDays(1), turn.State.NewestDay, isNew);
            Judge(turn, period, result.Judgement, result.Judgement.Mean, factor, temperature, Trouble(SignalKind.Exceedance, "exceedance:" + factor.Code, factor));
        }

        turn.State = turn.State with { NewestDay = Later(turn.State.NewestDay, day) };
    }

    private sealed record Period(DateTime Start, DateTime End, DateTime? NewestBefore, bool IsNew)
    {
        public bool IsNewest => NewestBefore is null || Start >= NewestBefore;

        public string Word => End - Start > TimeSpan.FromHours(1) ? "day" : "hour";
    }

    private static void Judge(
        TwinTurn turn, Period period, PeriodJudgement judgement, decimal? value, TwinFactor factor, decimal? temperature, Trouble trouble)
    {
        if (judgement.Verdict is PeriodVerdict.Valid && value is { } mean)
        {
            var (exceeded, bound, side) = Exceedance.Judge(factor.Limit!, mean, temperature);
            var told = trouble with { Args = [("value", mean), ("limit", bound), ("unit", factor.Unit), ("period", period.Word), ("bound", side)] };
            if (exceeded) Exceeded(turn, period, told);
            else Within(turn, period, told);
        }
        // An invalid period says nothing; one without emission ends what was.
        else if (judgement.Verdict is PeriodVerdict.Stopped or PeriodVerdict.NothingDue) Within(turn, period, trouble);
    }

    // A late exceedance that newer periods have passed already is told whole: it began and it ended.
    private static void Exceeded(TwinTurn turn, Period period, Trouble trouble)
    {
        if (period.IsNewest) turn.Raise(trouble, period.Start, null, repeat: period.IsNew && turn.State.Causes.TryGetValue(trouble.Cause, out var open) && period.Start > open.Since);
        else if (period.IsNew && !turn.Has(trouble.Cause))
        {
            turn.Raise(trouble, period.Start, null);
            turn.Clear(trouble, period.End, null);
        }
    }

    private static void Within(TwinTurn turn, Period period, Trouble trouble)
    {
        if (turn.State.Causes.TryGetValue(trouble.Cause, out var open) && (period.IsNewest || period.Start == open.Since))
            turn.Clear(trouble, period.Start >= open.Since ? period.Start : open.Since, null);
    }

    // 每个数据 of platform and logger may differ by 1 %; rounding of the last digit is no difference.
    private static void Compare(TwinTurn turn, DateTime hour, TwinFactor factor, JudgedFactor result)
    {
        // A logger averages a cycle's result as often as it repeats it: that mean is another quantity than ours.
        if (factor.Cycle is not null) return;
        if (result is not { Reported: { } reported, Judgement: { Verdict: PeriodVerdict.Valid, Mean: { } derived } }) return;
        var (gap, unit) = (Math.Abs(reported - derived), Step(factor.Decimals));
        var percent = reported == 0m ? (gap == 0m ? 0m : 100m) : gap / Math.Abs(reported) * 100m;
        turn.Set(percent > AllowedDifference && gap > unit, new(
            SignalKind.EarlyWarning, "differs:" + factor.Code, SignalSeverity.Notice, factor.Code, SignalMessages.AggregateDiffers, DifferenceRule,
            ("reported", reported), ("derived", derived), ("unit", factor.Unit), ("difference", Rounding.HalfEven(percent, 1))), hour, null);
    }

    private static decimal Step(int decimals) => new(1, 0, 0, false, (byte)decimals);

    private static decimal? Value(TwinSettings settings, TwinFactor factor, PeriodJudgement judgement) =>
        settings.IsConverted(factor) ? judgement.Converted : judgement.Mean;

    private static decimal? Temperature(IReadOnlyList<JudgedFactor> results) =>
        results.FirstOrDefault(result => result.Factor == FactorCodes.WaterTemperature)?.Judgement.Mean;

    private static Trouble Trouble(SignalKind kind, string cause, TwinFactor factor) => kind is SignalKind.Exceedance
        ? new(kind, cause, SignalSeverity.Serious, factor.Code, SignalMessages.Exceedance, Exceedance.Id)
        : new(kind, cause, SignalSeverity.Warning, factor.Code, SignalMessages.HourOverDailyLimit, Exceedance.Id);

    private static DateTime Later(DateTime? one, DateTime other) => one > other ? one.Value : other;
}
