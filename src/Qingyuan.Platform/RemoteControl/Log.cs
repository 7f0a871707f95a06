using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.RemoteControl;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A round of sending commands failed; the next one tries again.")]
    public static partial void SendingFailed(this ILogger log, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "{Rule} did not start {Operation} at station {Station}: {Why}.")]
    public static partial void NotStarted(this ILogger log, string rule, string operation, int station, string why);

    [LoggerMessage(2, LogLevel.Warning, "No connection took the frame of command {Command} for {Mn}; it is sent again when its time-out is over.")]
    public static partial void NotTaken(this ILogger log, Guid command, string mn);
}
