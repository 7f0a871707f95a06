using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Alarms;

/// <summary>Which alarms leave the browser.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.6", Certainty = "SINGLE")]
public static class NotificationRules
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("NOTIFY", "1");

    /// <summary>The lowest severity at which each kind calls somebody, out of the box. A kind that is absent never does.</summary>
    public static IReadOnlyDictionary<SignalKind, SignalSeverity> Defaults { get; } = new Dictionary<SignalKind, SignalSeverity>
    {
        [SignalKind.Exceedance] = SignalSeverity.Warning,
        [SignalKind.EarlyWarning] = SignalSeverity.Serious,
        [SignalKind.MissingData] = SignalSeverity.Serious,
        [SignalKind.StuckValue] = SignalSeverity.Warning,
        [SignalKind.DeviceFault] = SignalSeverity.Warning,
        [SignalKind.LinkDown] = SignalSeverity.Warning,
        [SignalKind.SuspectedFault] = SignalSeverity.Warning,
        [SignalKind.QualityControlFailed] = SignalSeverity.Warning,
        [SignalKind.ParameterDiffers] = SignalSeverity.Warning,
        [SignalKind.ClockSkew] = SignalSeverity.Serious,
        [SignalKind.Platform] = SignalSeverity.Serious,
    };

    /// <summary>True when an alarm of this kind and severity calls the people on call.</summary>
    public static bool Calls(SignalKind kind, SignalSeverity severity, IReadOnlyDictionary<SignalKind, SignalSeverity>? floors = null) =>
        (floors ?? Defaults).TryGetValue(kind, out var floor) && severity >= floor;
}
