using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Diagnosis;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Twins;

/// <summary>What a station measures.</summary>
public enum Medium
{
    /// <summary>废气.</summary>
    Gas,

    /// <summary>废水.</summary>
    Water,
}

/// <summary>One factor as filed.</summary>
/// <param name="Code">2017 code.</param>
/// <param name="Unit">As shown.</param>
/// <param name="Decimals">Of derived means.</param>
/// <param name="Limit">Null when none is filed.</param>
/// <param name="Cycle">Measuring cycle of a water analyser; null for continuous instruments.</param>
/// <param name="RangeUpper">Full scale; null when not filed.</param>
/// <param name="Analyser">Name of the analyser; null when not filed.</param>
public sealed record TwinFactor(string Code, string Unit, int Decimals, LimitRule? Limit, TimeSpan? Cycle, decimal? RangeUpper, string? Analyser)
{
    /// <summary>What faults and marks of this factor are named by.</summary>
    public string Device => Analyser ?? Code;
}

/// <summary>Thresholds of all conditions; every number is a parameter.</summary>
public sealed record TwinThresholds
{
    /// <summary>As they come out of the box.</summary>
    public static TwinThresholds Default { get; } = new();

    /// <summary>Lights.</summary>
    public LivenessRule.Settings Liveness { get; init; } = LivenessRule.Settings.Default;

    /// <summary>Clock.</summary>
    public ClockSkew.Settings Clock { get; init; } = ClockSkew.Settings.Default;

    /// <summary>Stuck values.</summary>
    public StuckValue.Settings Stuck { get; init; } = new();

    /// <summary>Climbing towards a limit.</summary>
    public Climbing.Settings Climbing { get; init; } = new();

    /// <summary>Sampling leak.</summary>
    public AirInLeakage.Settings Leak { get; init; } = new();

    /// <summary>A frame whose data are older than this when it is built is backfill: it proves no present life and starts no present warning.</summary>
    public TimeSpan LiveWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A stamp further ahead of our clock than this is a wrong clock and no time of data. Generous: a zone or a daylight saving mistake is one hour.</summary>
    public TimeSpan AheadWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long after a device's state change an automatic mark ends.</summary>
    public TimeSpan MarkSettling { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after its end a period waits for its last frames before it is judged.</summary>
    public TimeSpan PeriodGrace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A period that got late frames is judged again when none came for this long.</summary>
    public TimeSpan PeriodQuiet { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>What the pure twin must know of its station.</summary>
public sealed record TwinSettings(
    Medium Medium, FlagLetters Flags, decimal? ReferenceOxygen, TimeSpan RealtimeInterval, TimeSpan MinuteInterval, IReadOnlyList<TwinFactor> Factors)
{
    private readonly Dictionary<string, TwinFactor> _byCode = Factors.ToDictionary(factor => factor.Code, StringComparer.Ordinal);

    /// <summary>Expected interval of real-time data; as long as minute data where none is filed.</summary>
    public TimeSpan RealtimeInterval { get; } = RealtimeInterval > TimeSpan.Zero ? RealtimeInterval : MinuteInterval > TimeSpan.Zero ? MinuteInterval : TimeSpan.FromMinutes(1);

    /// <summary>What one minute datum of the logger speaks for.</summary>
    public TimeSpan MinuteInterval { get; } = MinuteInterval > TimeSpan.Zero ? MinuteInterval : TimeSpan.FromMinutes(1);

    /// <summary>Thresholds.</summary>
    public TwinThresholds Thresholds { get; init; } = TwinThresholds.Default;

    /// <summary>The factor as filed; a plain one when it is not.</summary>
    public TwinFactor Factor(string code) => _byCode.TryGetValue(code, out var factor) ? factor : new(code, "", 2, null, null, null, null);

    /// <summary>True when the factor's concentrations are brought to reference oxygen.</summary>
    public bool IsConverted(TwinFactor factor) =>
        ReferenceOxygen is not null && Medium is Medium.Gas && factor.Limit?.Basis is LimitBasisKind.HourlyConverted && factor.Code != FactorCodes.Oxygen;
}
