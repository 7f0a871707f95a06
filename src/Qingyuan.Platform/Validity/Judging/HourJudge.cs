using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Twins;
using Qingyuan.Rules.Validity;
using Qingyuan.Rules.Validity.Hj356;
using Qingyuan.Rules.Validity.Hj75;

namespace Qingyuan.Platform.Validity.Judging;

/// <summary>Asks the rules of the station's medium for each factor's hour.</summary>
internal static class HourJudge
{
    // Conversion uses the oxygen mean before it is rounded for showing.
    private const int OxygenDecimals = 6;

    public static IReadOnlyList<JudgedFactor> Judge(TwinSettings settings, DateTime hour, HourReadings readings)
    {
        var judge = settings.Medium is Medium.Gas ? Gas(settings, readings) : Water(hour, readings);
        return [.. readings.Factors.Select(code => new JudgedFactor(code, judge(settings.Factor(code)), readings.Reported(code)))];
    }

    private static Func<TwinFactor, PeriodJudgement> Gas(TwinSettings settings, HourReadings readings)
    {
        var oxygen = HourValidity.Judge(readings.Minutes(FactorCodes.Oxygen), OxygenDecimals).Mean;
        return factor => HourValidity.Judge(
            readings.Minutes(factor.Code), factor.Decimals, settings.IsConverted(factor) ? (oxygen, settings.ReferenceOxygen!.Value) : null);
    }

    private static Func<TwinFactor, PeriodJudgement> Water(DateTime hour, HourReadings readings)
    {
        var discharged = readings.Discharged();
        return factor => factor switch
        {
            // The flow says itself that nothing flows.
            { Code: FactorCodes.WaterFlow } => HourResult.JudgeContinuous(readings.WaterInHour(factor.Code), null, factor.Decimals),
            { Cycle: { } cycle } => HourResult.Judge(hour, Cycles.Results(readings.Water(factor.Code), cycle), cycle, discharged, factor.Decimals),
            _ => HourResult.JudgeContinuous(readings.WaterInHour(factor.Code), discharged, factor.Decimals),
        };
    }
}
