using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Tells a logger that fills a gap from one that reports what just was.</summary>
internal static class History
{
    private static readonly TimeSpan Old = TimeSpan.FromHours(1);

    /// <summary>Minute, hour or day data whose period ended more than an hour ago. A period is stamped by its start.</summary>
    public static bool IsIn(ReadOnlySpan<byte> segment, DateTimeOffset now) =>
        SegmentHeader.TryParse(segment, out var header, out _)
        && Period(header.Command) is { } period
        && DataAreaReader.TryFind(header.Area, "DataTime"u8, out var stamp) && WireTime.TryParse(stamp, out var start)
        && start + period < StationClock.Wall(now) - Old;

    private static TimeSpan? Period(int command) => command switch
    {
        CommandCode.MinuteData => TimeSpan.Zero, // of any length up to an hour, and then it is no history yet
        CommandCode.HourData => TimeSpan.FromHours(1),
        CommandCode.DayData => TimeSpan.FromDays(1),
        _ => null,
    };
}
