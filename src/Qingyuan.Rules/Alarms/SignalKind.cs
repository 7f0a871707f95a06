namespace Qingyuan.Rules.Alarms;

/// <summary>What kind of trouble a signal speaks of. Member names equal those of the platform's alarm kinds.</summary>
public enum SignalKind
{
    /// <summary>超标: a limit on its own basis is exceeded.</summary>
    Exceedance,

    /// <summary>预警: over a daily limit for an hour, or climbing towards a limit.</summary>
    EarlyWarning,

    /// <summary>缺数: expected values do not come.</summary>
    MissingData,

    /// <summary>恒值: a value stands still while others move.</summary>
    StuckValue,

    /// <summary>A device says of itself that it is faulty.</summary>
    DeviceFault,

    /// <summary>No connection speaks for the station.</summary>
    LinkDown,

    /// <summary>A finding that independent observations support.</summary>
    SuspectedFault,

    /// <summary>质控不合格: a check, calibration or comparison failed.</summary>
    QualityControlFailed,

    /// <summary>The logger's clock is wrong.</summary>
    ClockSkew,

    /// <summary>The platform itself.</summary>
    Platform,

    /// <summary>参数与备案不符: an analyser uses another parameter than filed.</summary>
    ParameterDiffers,
}

/// <summary>How bad. Member names equal those of the platform's severities.</summary>
public enum SignalSeverity
{
    /// <summary>Good to know.</summary>
    Notice,

    /// <summary>Look at it today.</summary>
    Warning,

    /// <summary>Act now.</summary>
    Serious,

    /// <summary>Act now, whoever you are.</summary>
    Critical,
}
