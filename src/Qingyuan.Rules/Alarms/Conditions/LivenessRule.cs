using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Alarms.Conditions;

/// <summary>Is something still heard? Member names equal those of the platform.</summary>
public enum LifeSign
{
    /// <summary>Never heard.</summary>
    Unknown,

    /// <summary>Heard in time.</summary>
    Live,

    /// <summary>Later than expected.</summary>
    Late,

    /// <summary>Not heard for so long that something is wrong.</summary>
    Dead,

    /// <summary>Says itself that it is stopped or in maintenance.</summary>
    Stopped,
}

/// <summary>From silence to a light. Link, logger, analyser and factor are judged each on its own.</summary>
[Clause("HJ 75-2017", "9", Certainty = "FROM-MEMORY")]
public static class LivenessRule
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("LIVENESS", "1");

    /// <summary>Starting values; the five minutes are the reconnect time of network acceptance.</summary>
    /// <param name="LateIntervals">Expected intervals of silence until late.</param>
    /// <param name="DeadIntervals">Expected intervals of silence until dead.</param>
    /// <param name="ShortestDead">Never dead earlier than this.</param>
    /// <param name="LinkDownAfter">A missing connection alarms after this.</param>
    public sealed record Settings(int LateIntervals, int DeadIntervals, TimeSpan ShortestDead, TimeSpan LinkDownAfter)
    {
        /// <summary>3 and 10 intervals, at least 5 minutes; link 5 minutes.</summary>
        public static Settings Default { get; } = new(3, 10, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
    }

    /// <summary>The light after <paramref name="silence"/>; null = never heard.</summary>
    public static LifeSign Judge(TimeSpan? silence, TimeSpan interval, Settings settings) => silence switch
    {
        null => LifeSign.Unknown,
        { } time when time > DeadAfter(interval, settings) => LifeSign.Dead,
        { } time when time > interval * settings.LateIntervals => LifeSign.Late,
        _ => LifeSign.Live,
    };

    /// <summary>Silence after which something with this expected interval is dead.</summary>
    public static TimeSpan DeadAfter(TimeSpan interval, Settings settings) =>
        interval * settings.DeadIntervals > settings.ShortestDead ? interval * settings.DeadIntervals : settings.ShortestDead;
}
