using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Twins;
using Qingyuan.Rules.Validity;
using Qingyuan.Rules.Validity.Hj356;
using Qingyuan.Rules.Validity.Hj75;

namespace Qingyuan.Platform.Validity.Judging;

/// <summary>Asks the rules of the station's medium for each factor's day, from its judged hours.</summary>
internal static class DayJudge
{
    public static IReadOnlyList<JudgedFactor> Judge(TwinSettings settings, IReadOnlyList<(DateTime Start, IReadOnlyList<DerivedValue> Values)> hours)
    {
        var byFactor = hours.SelectMany(hour => hour.Values.Select(value => (hour.Start, Value: value))).ToLookup(each => each.Value.Factor, StringComparer.Ordinal);
        var flow = byFactor[FactorCodes.WaterFlow].ToDictionary(each => each.Start, each => DerivedText.Judgement(each.Value).Mean);
        return [.. byFactor.Select(group => new JudgedFactor(group.Key, Judge(settings, settings.Factor(group.Key), [.. group], flow), null))];
    }

    private static PeriodJudgement Judge(TwinSettings settings, TwinFactor factor, (DateTime Start, DerivedValue Value)[] hours, Dictionary<DateTime, decimal?> flow)
    {
        if (settings.Medium is Medium.Gas) return DayValidity.Judge([.. hours.Select(hour => DerivedText.Judgement(hour.Value))], factor.Decimals);
        var weighted = factor.Code is not (FactorCodes.Ph or FactorCodes.WaterTemperature or FactorCodes.WaterFlow);
        return DayMean.Judge([.. hours.Select(hour => new DayHour(DerivedText.Judgement(hour.Value), flow.GetValueOrDefault(hour.Start)))], factor.Decimals, weighted);
    }
}
