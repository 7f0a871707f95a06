using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Security;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "No wrapping key given (systemd credential or QINGYUAN_KEY_FILE): generated {File}. Back it up apart from the data: without it station passwords cannot be read.")]
    public static partial void KeyGenerated(ILogger log, string file);
}
