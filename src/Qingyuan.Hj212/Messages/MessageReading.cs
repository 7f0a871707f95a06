using Qingyuan.Hj212.Catalogue;

namespace Qingyuan.Hj212.Messages;

/// <summary>A typed message, or why there is none.</summary>
/// <param name="Message">Null when refused.</param>
/// <param name="Refusal">Null when read.</param>
/// <param name="Spec">The row of the catalogue it was read by; its edition is another than the frame's where the frame's has no such command. Null when there is none.</param>
/// <param name="LeftOver">Names in the data area the message has no place for, as sent. They are in the bytes and nowhere else.</param>
public sealed record MessageReading(Message? Message, MessageRefusal? Refusal, MessageSpec? Spec, IReadOnlyList<string> LeftOver);
