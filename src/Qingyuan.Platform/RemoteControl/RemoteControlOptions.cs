using System.ComponentModel.DataAnnotations;
using Qingyuan.Hj212.Sessions;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl;

/// <summary>Settings of the slice, section <c>RemoteControl</c>.</summary>
public sealed class RemoteControlOptions
{
    public const string Section = "RemoteControl";

    /// <value>How long a 9011 is waited for before the frame is sent again; 10 s (HJ 212-2017 for mobile links).</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan OverTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>How often a frame is sent again; 3.</value>
    [Range(0, 99)]
    public int Resends { get; init; } = 3;

    /// <value>How long a released or requested command waits before it is given up; 30 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan WaitForRelease { get; init; } = TimeSpan.FromMinutes(30);

    /// <value>How long after its 9011 the result of reading or setting is waited for; 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ShortExecution { get; init; } = TimeSpan.FromMinutes(1);

    /// <value>The same for what a device does (calibration, check, cleaning, retention, measuring, restart); 2 hours.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongExecution { get; init; } = TimeSpan.FromHours(2);

    /// <value>How long an automatic mark goes on after the device has finished; 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>From this share of a limit on nothing may disturb the measuring; 0.8, and never more.</value>
    [Range(typeof(decimal), "0.1", "0.8", ParseLimitsInInvariantCulture = true)]
    public decimal NearLimitShare { get; init; } = 0.8m;

    /// <value>Commands to one station in an hour; 60.</value>
    [Range(1, 1000)]
    public int CommandsPerHour { get; init; } = 60;

    /// <value>Extra measurements of one station in a day; 12.</value>
    [Range(1, 100)]
    public int MeasuresPerDay { get; init; } = 12;

    /// <value>From this time of day on the filed parameters of each station are read once; 06:00.</value>
    public TimeOnly ReadParametersAt { get; init; } = new(6, 0);

    internal CommandLimits Limits => new(NearLimitShare, CommandsPerHour, MeasuresPerDay);

    // A clock that is set by a stale frame is worse than one that is not set: that frame is never sent again.
    internal LinkTiming Timing(Operation operation) => new(
        OverTime, operation.Code is "set-clock" ? 0 : Resends, operation.Effect is OperationEffect.Read or OperationEffect.Setting || operation.Code is "set-clock" ? ShortExecution : LongExecution);
}
