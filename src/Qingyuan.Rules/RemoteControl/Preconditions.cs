using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.RemoteControl;

/// <summary>Whether an operation may go out now. Judged when it is asked for and again in the moment it is sent.</summary>
/// <remarks>Codes of device states: HJ 212-2017 table B.10, i12001.</remarks>
[Clause("HJ 212-2017", "B.10")]
public static class Preconditions
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("REMOTE-PRECONDITIONS", "1");

    // Somebody works at it, or it is busy with itself: maintenance, calibrating, blow-back or cleaning, standard check, O&M.
    private static readonly string[] Busy = ["1", "3", "5", "8", "10"];

    /// <summary>The first thing against it; null when nothing is.</summary>
    public static Refusal? Against(Operation operation, StationFacts facts, CommandLimits limits)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(limits);
        if (operation.IsForbiddenNearLimit && NearLimit(facts, limits) is { } near) return near;
        if (!facts.IsLinked) return new("command.station-offline");
        if (operation.IsExclusive && facts.RunningCommand is { } running) return new("command.another-running", running);
        if (operation.Effect is OperationEffect.Disturb or OperationEffect.Measure && Busy.Contains(facts.DeviceState)) return new("command.device-busy", facts.DeviceState!);
        if (facts.CommandsLastHour >= limits.CommandsPerHour) return new("command.too-many", limits.CommandsPerHour);
        if (operation.Effect is OperationEffect.Measure && facts.MeasuresToday >= limits.MeasuresPerDay) return new("command.too-many-measurements", limits.MeasuresPerDay);
        return null;
    }

    private static Refusal? NearLimit(StationFacts facts, CommandLimits limits)
    {
        if (facts.HasExceedance) return new("command.exceedance-runs");
        foreach (var factor in facts.Factors)
            if (factor.Value >= factor.Limit * limits.NearLimitShare) return new("command.near-limit", factor.Code, factor.Value, factor.Limit, limits.NearLimitShare);
        return null;
    }
}
