namespace Qingyuan.Platform.Shared;

/// <summary>China's one offset. HJ 212 stamps have no zone; stations run on UTC+8 wall clock, without daylight saving since 1991.</summary>
public static class StationClock
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The instant a wall-clock stamp claims.</summary>
    public static DateTimeOffset Instant(DateTime wall) => new(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), Offset);

    /// <summary>What a correct station clock shows at <paramref name="instant"/>.</summary>
    public static DateTime Wall(DateTimeOffset instant) => DateTime.SpecifyKind(instant.ToOffset(Offset).DateTime, DateTimeKind.Unspecified);
}
