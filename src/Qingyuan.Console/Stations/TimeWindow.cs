using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>What the station page looks at: a stretch of station wall clock that ends now and moves, or one that stands still.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Not included.</param>
/// <param name="Live">Moves with the clock.</param>
/// <param name="Resolution">Which values the curves draw.</param>
public sealed record TimeWindow(DateTime From, DateTime To, bool Live, Resolution Resolution)
{
    public TimeSpan Span => To - From;

    public static TimeWindow Before(DateTime end, TimeSpan span) => new(end - span, end, false, Fitting(span));

    public static TimeWindow LiveFor(TimeSpan span, DateTime now) => new(now - span, now, true, Fitting(span));

    /// <summary>Real-time values for a day at most: beyond, the eye sees no more and the wire carries too much.</summary>
    public static Resolution Fitting(TimeSpan span) => span switch
    {
        { TotalHours: <= 6 } => Resolution.Realtime,
        { TotalDays: <= 2 } => Resolution.Minute,
        { TotalDays: <= 62 } => Resolution.Hour,
        _ => Resolution.Day,
    };

    public bool Allows(Resolution resolution) => resolution switch
    {
        Resolution.Realtime => Span <= TimeSpan.FromDays(1),
        Resolution.Minute => Span <= TimeSpan.FromDays(14),
        _ => true,
    };

    public TimeWindow Moved(TimeSpan by) => this with { From = From + by, To = To + by, Live = false };

    public TimeWindow Upto(DateTime now) => this with { From = now - Span, To = now };
}
