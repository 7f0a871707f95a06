using System.Net;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Ingest.Health;

namespace Qingyuan.Platform.Ingest;

/// <summary>What the slice says to the log. Nothing here is per frame.</summary>
internal static partial class Log
{
    [LoggerMessage(41, LogLevel.Information, "Reports are read from the MQTT broker {Address}.")]
    public static partial void BrokerRead(this ILogger log, string address);

    [LoggerMessage(42, LogLevel.Warning, "The MQTT broker {Address} is not read; it keeps the reports and is called again")]
    public static partial void BrokerLost(this ILogger log, string address, Exception? error);

    [LoggerMessage(3001, LogLevel.Critical, "Frames cannot be stored; nothing is acknowledged until they can")]
    public static partial void FramesNotStored(this ILogger log, Exception? error);

    [LoggerMessage(3002, LogLevel.Warning, "Frames are stored and acknowledged again")]
    public static partial void FramesStoredAgain(this ILogger log);

    [LoggerMessage(3003, LogLevel.Warning, "The alarm {Cause} could not be delivered; trying again")]
    public static partial void SignalNotDelivered(this ILogger log, string cause, Exception error);

    [LoggerMessage(3004, LogLevel.Warning, "Station {StationNo} was not told that its link is {Connected}")]
    public static partial void LinkNotTold(this ILogger log, int stationNo, bool connected, Exception error);

    [LoggerMessage(3005, LogLevel.Information, "Connection {Source} closed by us: {Reason}")]
    public static partial void ConnectionClosed(this ILogger log, string source, IntakeReason reason);

    [LoggerMessage(3006, LogLevel.Debug, "Connection from {Remote} refused: {Reason}")]
    public static partial void ConnectionRefused(this ILogger log, IPAddress remote, IntakeReason reason);

    [LoggerMessage(3007, LogLevel.Warning, "Commits lag {Lag}: {Level}")]
    public static partial void Shedding(this ILogger log, ShedLevel level, TimeSpan lag);

    [LoggerMessage(3008, LogLevel.Error, "What strangers sent today could not be counted; their allowance counts from the start of this run")]
    public static partial void QuarantineNotCounted(this ILogger log, Exception error);

    [LoggerMessage(3010, LogLevel.Warning, "Twin of station {StationNo} did not take its reports (attempt {Attempt}); trying again")]
    public static partial void TwinAway(this ILogger log, int stationNo, int attempt, Exception error);

    [LoggerMessage(3011, LogLevel.Error, "Twin of station {StationNo} refused frame {Frame}: it stays stored and is not applied")]
    public static partial void ReportRefused(this ILogger log, int stationNo, string frame, Exception error);

    [LoggerMessage(3012, LogLevel.Error, "Following the frame log stopped; starting again after {Batch}")]
    public static partial void TailBroken(this ILogger log, long batch, Exception error);

    [LoggerMessage(3013, LogLevel.Error, "The checkpoint at batch {Batch} could not be written; replay after a crash gets longer")]
    public static partial void CheckpointFailed(this ILogger log, long batch, Exception error);

    [LoggerMessage(3014, LogLevel.Information, "Replay after batch {Batch} begins")]
    public static partial void ReplayBegins(this ILogger log, long batch);
}
