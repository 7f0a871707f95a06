using Qingyuan.Rules.Alarms;

namespace Qingyuan.Rules.Operations;

/// <summary>Kinds of work order, and which alarms open one by themselves.</summary>
public static class OrderKinds
{
    /// <summary>A device says it is faulty.</summary>
    public const string DeviceFault = "device-fault";

    /// <summary>Two independent observations support a fault, such as a sampling leak.</summary>
    public const string SuspectedFault = "suspected-fault";

    /// <summary>A value stands still.</summary>
    public const string StuckValue = "stuck-value";

    /// <summary>Values do not come.</summary>
    public const string MissingData = "missing-data";

    /// <summary>The logger is not connected.</summary>
    public const string LinkDown = "link-down";

    /// <summary>A standard check, calibration or comparison failed.</summary>
    public const string QualityControl = "quality-control";

    /// <summary>备案变更: a parameter was changed on site, so the filing must follow or the change be undone.</summary>
    public const string Filing = "filing";

    /// <summary>Opened by a person.</summary>
    public const string Manual = "manual";

    /// <summary>Alarm kinds that open an order by themselves out of the box; an installation may choose others. An exceedance is the discharger's to handle, not a fault.</summary>
    public static IReadOnlySet<SignalKind> OpenedByDefault { get; } =
        new HashSet<SignalKind> { SignalKind.DeviceFault, SignalKind.SuspectedFault, SignalKind.StuckValue, SignalKind.LinkDown, SignalKind.QualityControlFailed, SignalKind.ParameterDiffers };

    /// <summary>The order kind an alarm of <paramref name="kind"/> asks for; null when no order handles it.</summary>
    public static string? For(SignalKind kind) => kind switch
    {
        SignalKind.DeviceFault => DeviceFault,
        SignalKind.SuspectedFault => SuspectedFault,
        SignalKind.StuckValue => StuckValue,
        SignalKind.MissingData => MissingData,
        SignalKind.LinkDown => LinkDown,
        SignalKind.QualityControlFailed => QualityControl,
        SignalKind.ParameterDiffers => Filing,
        _ => null,
    };
}
