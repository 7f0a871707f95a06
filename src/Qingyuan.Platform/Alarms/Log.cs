using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Alarms;

/// <summary>What the slice says to operators. Highest event id: 105.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Error, "Nobody is on call for {Subject}: no person of the on-call order has an enabled channel.")]
    public static partial void NobodyOnCall(ILogger log, string subject);

    [LoggerMessage(102, LogLevel.Error, "Everybody on call was called about {Subject} and nobody has confirmed.")]
    public static partial void NobodyConfirmed(ILogger log, string subject);

    [LoggerMessage(103, LogLevel.Warning, "Message {Message} over {Channel}: attempt {Attempt} failed: {Why}")]
    public static partial void SendFailed(ILogger log, Guid message, string channel, int attempt, string why);

    [LoggerMessage(104, LogLevel.Error, "Message {Message} over {Channel} to {Person} is given up: {Why}")]
    public static partial void GivenUp(ILogger log, Guid message, string channel, string person, string why);

    [LoggerMessage(105, LogLevel.Error, "A round of the message sender failed; messages stay in the outbox.")]
    public static partial void RoundFailed(ILogger log, Exception error);
}
