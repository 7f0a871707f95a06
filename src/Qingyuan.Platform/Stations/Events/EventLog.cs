using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Stations.Events;

internal static partial class EventLog
{
    [LoggerMessage(1, LogLevel.Error, "Reading new events failed; trying again.")]
    public static partial void LookFailed(ILogger log, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "Live events go on without number {Seq}: a transaction that may hold it has been open for more than {Patience}. If it commits, those who follow now do not hear of it.")]
    public static partial void PassedOver(ILogger log, long seq, TimeSpan patience);
}
