using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Alarms.Conditions;

/// <summary>预警: minute means that rise and have reached a share of the limit, before the hourly mean is lost.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.5", Certainty = "SINGLE")]
public static class Climbing
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("ALARM-CLIMBING", "1");

    /// <summary>Starting values of our own, no standard's.</summary>
    /// <param name="Share">Of the limit at which a rise warns.</param>
    /// <param name="EndShare">Of the limit below which the warning ends.</param>
    /// <param name="Minutes">Minute means that must each be above the one before.</param>
    public sealed record Settings(decimal Share = 0.9m, decimal EndShare = 0.85m, int Minutes = 3);

    /// <summary>Whether the warning stands after the newest minute.</summary>
    /// <param name="active">Whether it stood before.</param>
    /// <param name="minutes">Minute means on the limit's basis, oldest first.</param>
    /// <param name="limit">Upper bound.</param>
    /// <param name="settings">Thresholds.</param>
    public static bool Judge(bool active, ReadOnlySpan<decimal> minutes, decimal limit, Settings settings)
    {
        if (minutes.Length == 0) return active;
        if (active) return minutes[^1] >= limit * settings.EndShare;
        if (minutes.Length < settings.Minutes || minutes[^1] < limit * settings.Share) return false;
        for (var at = minutes.Length - settings.Minutes + 1; at < minutes.Length; at++)
            if (minutes[at] <= minutes[at - 1]) return false;
        return true;
    }
}
