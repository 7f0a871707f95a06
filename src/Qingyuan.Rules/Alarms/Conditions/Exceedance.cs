using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Alarms.Conditions;

/// <summary>A value against its limit.</summary>
/// <param name="Exceeded">Above the upper or below the lower bound; equal is within.</param>
/// <param name="Limit">The bound that was crossed, else the one that applies (upper before lower); null when the limit has none.</param>
/// <param name="Bound"><c>upper</c> or <c>lower</c>.</param>
public readonly record struct LimitJudgement(bool Exceeded, decimal? Limit, string Bound);

/// <summary>超标: the mean on the limit's own basis is beyond it.</summary>
[Clause("HJ 75-2017", "5")]
[Clause("GB 18918-2002", "表1", Certainty = "SINGLE")]
public static class Exceedance
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("ALARM-EXCEEDANCE", "1");

    /// <summary>At and below this water temperature the cold bound of NH3-N 5(8) holds, °C.</summary>
    public const decimal ColdWater = 12m;

    /// <summary>Compares <paramref name="value"/>, already on the limit's basis.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="value">Rounded to the factor's decimals.</param>
    /// <param name="waterTemperature">Of the same period; null when not known: then the warm, stricter bound holds.</param>
    public static LimitJudgement Judge(LimitRule limit, decimal value, decimal? waterTemperature)
    {
        var upper = limit.ColdUpper is { } cold && waterTemperature <= ColdWater ? cold : limit.Upper;
        if (limit.Lower is { } lower && value < lower) return new(true, lower, "lower");
        return new(value > upper, upper ?? limit.Lower, upper is null ? "lower" : "upper");
    }
}
