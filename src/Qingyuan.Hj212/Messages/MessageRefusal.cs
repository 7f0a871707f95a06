namespace Qingyuan.Hj212.Messages;

/// <summary>Why a segment has no typed meaning.</summary>
/// <param name="Field">The field it lies in: <c>CN</c>, <c>CP</c>, <c>DataTime</c>, <c>w01018-SN</c>.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Text">What stands there; null when nothing does.</param>
public sealed record MessageRefusal(string Field, MessageRefusalReason Reason, string? Text);

/// <summary>What is wrong with a field.</summary>
public enum MessageRefusalReason
{
    /// <summary>The segment has no such field, and the message means nothing without it.</summary>
    Missing,

    /// <summary>Its value is not of its format.</summary>
    Format,

    /// <summary>The catalogue has no such command from that end.</summary>
    UnknownCommand,
}
