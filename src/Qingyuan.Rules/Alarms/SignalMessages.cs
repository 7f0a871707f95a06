namespace Qingyuan.Rules.Alarms;

/// <summary>Resource keys of the sentences that signals carry, with the arguments each one has (all also carry <c>factor</c> where one is concerned).</summary>
public static class SignalMessages
{
    /// <summary>value, limit, unit, period (<c>hour</c> or <c>day</c>), bound (<c>upper</c> or <c>lower</c>).</summary>
    public const string Exceedance = "alarm.exceedance";

    /// <summary>value, limit, unit: an hourly value over a limit that is judged by the day.</summary>
    public const string HourOverDailyLimit = "alarm.hour-over-daily-limit";

    /// <summary>value, limit, unit, share (percent of the limit).</summary>
    public const string Climbing = "alarm.climbing";

    /// <summary>minutes: this factor has not come, others have.</summary>
    public const string MissingFactor = "alarm.missing-factor";

    /// <summary>minutes: connected, but nothing comes.</summary>
    public const string MissingAll = "alarm.missing-all";

    /// <summary>value, unit, minutes.</summary>
    public const string Stuck = "alarm.stuck";

    /// <summary>value, unit, cycles.</summary>
    public const string StuckCycles = "alarm.stuck-cycles";

    /// <summary>device, state (code as sent), name (of the field or <c>flag</c>).</summary>
    public const string DeviceFault = "alarm.device-fault";

    /// <summary>minutes.</summary>
    public const string LinkDown = "alarm.link-down";

    /// <summary>oxygenBefore, oxygen, dilution (percent of air in the sample), factors (codes, by blanks), evidence (text: factor before → measured / expected).</summary>
    public const string SuspectedLeak = "alarm.suspected-leak";

    /// <summary>measured, standard, unit, error (percent, signed), limit (percent).</summary>
    public const string CheckFailed = "alarm.check-failed";

    /// <summary>measured, standard, unit, error (percent of range, signed), limit (percent of range), test (<c>zero</c> or <c>span</c>).</summary>
    public const string DriftFailed = "alarm.drift-failed";

    /// <summary>seconds (signed), limit.</summary>
    public const string ClockSkew = "alarm.clock-skew";

    /// <summary>reported, derived, unit, difference (percent).</summary>
    public const string AggregateDiffers = "alarm.aggregate-differs";
}
