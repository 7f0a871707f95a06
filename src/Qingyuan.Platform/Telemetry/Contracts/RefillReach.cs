namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>Which frames are looked through for values of a period.</summary>
public enum RefillReach
{
    /// <summary>Those that came as frames usually come: while it ran, or as late as loggers keep history.</summary>
    Usual,

    /// <summary>The others up to now: archives are imported when they are found, and clocks are wrong. Takes as long as reading the log.</summary>
    Rest,
}
