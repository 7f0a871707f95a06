using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Stations.Events;

internal static partial class EventLog
{
    [LoggerMessage(1, LogLevel.Error, "Reading new events failed; trying again.")]
    public static partial void LookFailed(ILogger log, Exception error);
}
