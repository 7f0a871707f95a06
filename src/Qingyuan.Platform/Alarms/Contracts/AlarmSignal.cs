namespace Qingyuan.Platform.Alarms.Contracts;

public enum AlarmKind
{
    Exceedance,

    /// <summary>An hourly value over a daily limit, or a climb towards a limit: warns only.</summary>
    EarlyWarning,
    MissingData,
    StuckValue,
    DeviceFault,
    LinkDown,

    /// <summary>A finding that two independent observations support, such as a sampling leak.</summary>
    SuspectedFault,

    /// <summary>A standard check, calibration or comparison that failed.</summary>
    QualityControlFailed,
    ClockSkew,

    /// <summary>The platform itself: disk, evidence writer, queues.</summary>
    Platform,

    /// <summary>An analyser uses another parameter than filed.</summary>
    ParameterDiffers,
}

public enum AlarmSeverity
{
    Notice,
    Warning,
    Serious,
    Critical,
}

/// <summary>The twin (or the platform) says that a cause is present or gone. Handling is idempotent.</summary>
/// <param name="StationNo">Null for the platform itself.</param>
/// <param name="Cause">Unique per station: at most one active alarm has it; such as <c>exceedance:a21002</c>, <c>link</c>.</param>
/// <param name="Active">True: present. False: gone.</param>
/// <param name="Since">Station wall clock at which the cause began (or ended).</param>
/// <param name="Factor">Null when it concerns no single factor.</param>
/// <param name="MessageCode">Resource key of the sentence.</param>
/// <param name="Args">What the sentence names, as text: value, limit, unit …</param>
/// <param name="Rule">Rule id and version, such as <c>ALARM-EXCEEDANCE@1</c>.</param>
/// <param name="Frame">A frame that shows it, null when none does.</param>
public sealed record AlarmSignal(
    int? StationNo, AlarmKind Kind, string Cause, AlarmSeverity Severity, bool Active, DateTime Since, string? Factor,
    string MessageCode, IReadOnlyDictionary<string, string> Args, string Rule, string? Frame);
