using Microsoft.Extensions.Logging;

namespace Qingyuan.Console.Shared;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "A page stopped listening ({Why}).")]
    public static partial void ListenerGone(this ILogger logger, string why);
}
