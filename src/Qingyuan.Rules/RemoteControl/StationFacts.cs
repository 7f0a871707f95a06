namespace Qingyuan.Rules.RemoteControl;

/// <summary>What the rules need to know of a station before a command.</summary>
/// <param name="IsLinked">A connection speaks for it.</param>
/// <param name="RunningCommand">Operation that runs on the device, null when none does.</param>
/// <param name="HasExceedance">An exceedance alarm is open.</param>
/// <param name="Factors">Newest values beside their limits.</param>
/// <param name="DeviceState">What the analyser says of itself (i12001), null when it says nothing.</param>
/// <param name="CommandsLastHour">Sent to the station in the last hour.</param>
/// <param name="MeasuresToday">Extra measurements asked for today.</param>
public sealed record StationFacts(
    bool IsLinked, string? RunningCommand, bool HasExceedance, IReadOnlyList<FactorFacts> Factors, string? DeviceState, int CommandsLastHour, int MeasuresToday);

/// <summary>A factor's newest value beside its upper limit.</summary>
/// <param name="Code">Of 2017.</param>
/// <param name="Value">On the basis the limit is judged on.</param>
/// <param name="Limit">Upper limit as filed.</param>
public sealed record FactorFacts(string Code, decimal Value, decimal Limit);

/// <summary>Parameters of the preconditions; the house's own, no standard names them but the share.</summary>
/// <param name="NearLimitShare">From this share of a limit on nothing may disturb the measuring.</param>
/// <param name="CommandsPerHour">To one station.</param>
/// <param name="MeasuresPerDay">Extra measurements of one station.</param>
public sealed record CommandLimits(decimal NearLimitShare, int CommandsPerHour, int MeasuresPerDay)
{
    /// <summary>As out of the box.</summary>
    public static CommandLimits Default { get; } = new(0.8m, 60, 12);
}
