using System.ComponentModel.DataAnnotations;
using Qingyuan.Hj212.Sessions;

namespace Qingyuan.Platform.Exchange;

/// <summary>Settings of the slice, section <c>Exchange</c>.</summary>
public sealed class ExchangeOptions
{
    public const string Section = "Exchange";

    /// <value>How long a further platform's 9014 is waited for before the frame is sent again; 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan OverTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>How often a frame is sent again before the connection counts as unusable; 3.</value>
    [Range(0, 99)]
    public int Resends { get; init; } = 3;

    /// <value>The longest pause before a lost connection is tried again; pauses double from one second. 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <value>A target that takes nothing for so long raises an alarm; 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan AlarmAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <value>How often data that a target does not answer are tried again, beside all that it answers; 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetryUnanswered { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>A period that has not come so long after its end is missing; 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>Minutes are looked through when so many of them are over; 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>What is older is not asked for: loggers do not keep it. 31 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3660.00:00:00")]
    public TimeSpan LoggersKeep { get; init; } = TimeSpan.FromDays(31);

    /// <value>Questions for history to one station in an hour; 12.</value>
    [Range(1, 60)]
    public int QuestionsPerHour { get; init; } = 12;

    /// <value>Delivered periods of so many days are compared once a day with what is stored by then; 7. The one before the newest always is.</value>
    [Range(0, 92)]
    public int CorrectionDays { get; init; } = 7;

    internal LinkTiming Timing => new(OverTime, Resends, OverTime);
}
