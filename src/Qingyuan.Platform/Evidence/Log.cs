using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Evidence;

/// <summary>What the slice says to operators. Highest event id: 307.</summary>
internal static partial class Log
{
    [LoggerMessage(301, LogLevel.Information, "Evidence log {Origin} open: {Size} entries, {Sealed} sealed, epoch {Epoch}.")]
    public static partial void Opened(ILogger log, string origin, long size, long @sealed, long epoch);

    [LoggerMessage(302, LogLevel.Warning, "Evidence log: {Bytes} bytes of a torn end were cut at the last whole record; what they held is still in the outbox.")]
    public static partial void TornEnd(ILogger log, long bytes);

    [LoggerMessage(303, LogLevel.Error, "Evidence log stands still, records wait in the outbox: {Why}")]
    public static partial void Stalled(ILogger log, string why);

    [LoggerMessage(304, LogLevel.Information, "Evidence log runs again.")]
    public static partial void Recovered(ILogger log);

    [LoggerMessage(305, LogLevel.Warning, "New key {Key} made for the evidence log.")]
    public static partial void KeyMade(ILogger log, string key);

    [LoggerMessage(306, LogLevel.Error, "A round of the log writer failed; records stay in the outbox.")]
    public static partial void RoundFailed(ILogger log, Exception error);

    [LoggerMessage(307, LogLevel.Error, "Taking the hourly frame digests failed; the hours are taken at the next turn.")]
    public static partial void DigestFailed(ILogger log, Exception error);
}
