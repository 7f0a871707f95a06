namespace Qingyuan.Rules.Alarms.Conditions;

/// <summary>By which mean a limit is judged. Member names equal those of the platform.</summary>
public enum LimitBasisKind
{
    /// <summary>Gas: hourly mean at reference oxygen.</summary>
    HourlyConverted,

    /// <summary>Hourly mean as measured.</summary>
    HourlyMean,

    /// <summary>Daily mean; an hourly value over it only warns.</summary>
    DailyMean,
}

/// <summary>An emission limit (排放限值) with its condition.</summary>
/// <param name="Upper">Null when there is only a lower bound.</param>
/// <param name="Lower">pH; null otherwise.</param>
/// <param name="ColdUpper">Upper bound at water temperature of 12 °C and below; null when it does not switch.</param>
/// <param name="Basis">By which mean.</param>
public sealed record LimitRule(decimal? Upper, decimal? Lower, decimal? ColdUpper, LimitBasisKind Basis);
