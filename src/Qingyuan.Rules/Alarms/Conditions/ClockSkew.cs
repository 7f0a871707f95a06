using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Alarms.Conditions;

/// <summary>What is known of the logger's clock.</summary>
/// <param name="Skew">Logger minus ours, of the newest frame that carried a moment; null before.</param>
/// <param name="SteadySince">Our clock since when the skew has been the same within <see cref="ClockSkew.Settings.Jitter"/>.</param>
/// <param name="Wrong">Whether it counts as wrong.</param>
public sealed record ClockTrack(TimeSpan? Skew, DateTimeOffset SteadySince, bool Wrong)
{
    /// <summary>Nothing known.</summary>
    public static ClockTrack None { get; } = new(null, default, false);
}

/// <summary>The logger's clock against ours. A wrong clock is steadily wrong; frames that are sent late are wrong each by another amount.</summary>
[Clause("HJ 75-2017", "9", Certainty = "SINGLE")]
public static class ClockSkew
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("ALARM-CLOCK", "1");

    /// <summary>Thresholds; 30 s comes from one public source.</summary>
    /// <param name="Limit">Beyond this the clock is wrong.</param>
    /// <param name="Jitter">Changes up to this are transport, not clock.</param>
    /// <param name="Steady">How long the same skew must last.</param>
    public sealed record Settings(TimeSpan Limit, TimeSpan Jitter, TimeSpan Steady)
    {
        /// <summary>30 s, 5 s, 1 minute.</summary>
        public static Settings Default { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
    }

    /// <summary>After a frame built at <paramref name="built"/> (logger's wall clock) was received at <paramref name="received"/>, <paramref name="wall"/> on a correct station clock.</summary>
    public static ClockTrack After(ClockTrack clock, DateTime built, DateTimeOffset received, DateTime wall, Settings settings)
    {
        var skew = built - wall;
        var same = clock.Skew is { } before && (skew - before).Duration() <= settings.Jitter;
        var since = same ? clock.SteadySince : received;
        var beyond = skew.Duration() > settings.Limit;
        return new(skew, since, beyond && (clock.Wrong || received - since >= settings.Steady));
    }
}
