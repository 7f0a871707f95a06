using Microsoft.Extensions.Logging;

namespace Qingyuan.Console.Shared;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "A page stopped listening ({Why}).")]
    public static partial void ListenerGone(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Following the event stream stopped after event {Seq}; it begins again in a moment.")]
    public static partial void RelayBroken(this ILogger logger, long? seq, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not renew what it shows; it is told again at the next event.")]
    public static partial void ListenerFailed(this ILogger logger, Exception error);
}
