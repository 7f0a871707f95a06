using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Exchange;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Forwarding to {Target} waits: {Why}")]
    public static partial void TargetLost(this ILogger log, string target, string why);

    [LoggerMessage(2, LogLevel.Error, "A look after forwarding targets failed; the next one tries again.")]
    public static partial void RoundFailed(this ILogger log, Exception error);

    [LoggerMessage(4, LogLevel.Error, "Station {Mn} could not be looked through for missing periods; the next round tries again.")]
    public static partial void StationNotLookedThrough(this ILogger log, string mn, Exception error);

    [LoggerMessage(3, LogLevel.Error, "Forwarding to {Target} broke; it begins again where it was.")]
    public static partial void LoopBroken(this ILogger log, string target, Exception error);

    [LoggerMessage(7, LogLevel.Error, "File {Sha256} of an earlier release is damaged in the database and stays there; a backup may have it.")]
    public static partial void EarlierFileDamaged(this ILogger log, string sha256);

    [LoggerMessage(5, LogLevel.Warning, "{Target} answers other data but not CN {Command}; it is tried again every {Every} beside them.")]
    public static partial void DataUnanswered(this ILogger log, string target, int command, TimeSpan every);

    [LoggerMessage(21, LogLevel.Warning, "Delivery {Delivery}, period from {From:s}, waits: {Why}")]
    public static partial void DeliveryWaits(this ILogger log, string delivery, DateTime from, string why);

    [LoggerMessage(23, LogLevel.Error, "Delivery {Delivery}, period from {From:s}, broke; it is tried again.")]
    public static partial void DeliveryBroken(this ILogger log, string delivery, DateTime from, Exception error);

    [LoggerMessage(22, LogLevel.Error, "A round of deliveries failed; the next one tries again.")]
    public static partial void DeliveryRoundFailed(this ILogger log, Exception error);
}
