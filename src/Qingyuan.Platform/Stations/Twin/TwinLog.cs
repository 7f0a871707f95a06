using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Stations.Twin;

internal static partial class TwinLog
{
    [LoggerMessage(LogLevel.Warning, "A listener of station {StationNo} failed and missed one change")]
    public static partial void ListenerFailed(this ILogger logger, int stationNo, Exception error);

    [LoggerMessage(LogLevel.Information, "Twin of station {StationNo} begins: {Frames} stored frames told again, {Causes} open causes, {Hours} hours to look at")]
    public static partial void TwinBegins(this ILogger logger, int stationNo, int frames, int causes, int hours);

    [LoggerMessage(LogLevel.Warning, "Station {StationNo}: {Count} frames since {Since:O} contradict earlier ones, the newest is {Frame}; the values that came first stand, all frames are kept, see findings")]
    public static partial void Contradictions(this ILogger logger, int stationNo, int count, DateTimeOffset since, string frame);

    [LoggerMessage(LogLevel.Error, "Twin of station {StationNo} failed at its clock; the next tick tries again")]
    public static partial void TickFailed(this ILogger logger, int stationNo, Exception error);

    [LoggerMessage(LogLevel.Error, "Twin of station {StationNo} could not be started; it is tried again every half minute")]
    public static partial void StartFailed(this ILogger logger, int stationNo, Exception error);
}
