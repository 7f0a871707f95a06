using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Alarms.Conditions;

/// <summary>How long a factor has shown the same text.</summary>
/// <param name="Text">The text, null before the first one.</param>
/// <param name="Since">Stamp at which it first came.</param>
/// <param name="Newest">Stamp at which it last came.</param>
/// <param name="Results">Distinct measurements (sampling times) that gave it, in a row.</param>
/// <param name="SampledAt">Sampling time of the newest one.</param>
public readonly record struct SameText(string? Text, DateTime Since, DateTime Newest, int Results, DateTime? SampledAt)
{
    /// <summary>Nothing seen.</summary>
    public static SameText None => default;

    /// <summary>After a reading. Older stamps change nothing. A repeated sampling time is the same measurement shown again.</summary>
    public SameText After(string text, DateTime at, DateTime? sampledAt)
    {
        if (Text is not null && at < Newest) return this;
        if (Text != text) return new(text, at, at, 1, sampledAt);
        var repeated = sampledAt is not null && sampledAt == SampledAt;
        return this with { Newest = at, Results = repeated ? Results : Results + 1, SampledAt = sampledAt };
    }
}

/// <summary>恒值: a value that stands still to the last digit although it should move.</summary>
/// <remarks>Gas judges time, and only while another factor moves. Water judges distinct measurements, never minutes: an analyser shows its last result until the next one.</remarks>
[Clause("HJ 356-2019", "6", Certainty = "FROM-MEMORY")]
public static class StuckValue
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("ALARM-STUCK", "1");

    /// <summary>Starting values of our own, no standard's.</summary>
    /// <param name="Minutes">Gas: minutes of the same text.</param>
    /// <param name="Results">Water: distinct measurements in a row with the same text.</param>
    public sealed record Settings(int Minutes = 60, int Results = 6);

    /// <summary>Gas.</summary>
    /// <param name="same">The factor.</param>
    /// <param name="otherMovedAt">Newest stamp at which another factor of the station changed its text; null when none did.</param>
    /// <param name="settings">Thresholds.</param>
    public static bool IsStuck(SameText same, DateTime? otherMovedAt, Settings settings) =>
        same.Text is not null && same.Newest - same.Since >= TimeSpan.FromMinutes(settings.Minutes) && otherMovedAt > same.Since;

    /// <summary>Water.</summary>
    /// <param name="same">The factor, by measurements.</param>
    /// <param name="flowing">False: zero flow, nothing is due.</param>
    /// <param name="settings">Thresholds.</param>
    public static bool IsStuckOverCycles(SameText same, bool flowing, Settings settings) => flowing && same.Results >= settings.Results;
}
