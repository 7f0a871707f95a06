using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Stations.Events;

internal static partial class EventLog
{
    [LoggerMessage(1, LogLevel.Error, "Reading new events failed; trying again.")]
    public static partial void LookFailed(ILogger log, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "Live events wait no longer for transactions that have been open for more than {Patience} ({Writers}). What they commit, those who follow now do not hear of.")]
    public static partial void GaveUp(ILogger log, string writers, TimeSpan patience);
}
