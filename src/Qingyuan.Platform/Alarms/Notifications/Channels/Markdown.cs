using System.Text;

namespace Qingyuan.Platform.Alarms.Notifications.Channels;

/// <summary>A message in the little markdown that both group robots read: a bold title, quoted lines, links.</summary>
internal static class Markdown
{
    public static string From(OutgoingMessage message)
    {
        var text = new StringBuilder().Append("**").Append(message.Title).Append("**\n");
        foreach (var line in message.Text.Split('\n')) text.Append("> ").Append(line).Append("\n\n");
        if (message.Link is { } link) text.Append("[→ ").Append(link).Append("](").Append(link).Append(")\n\n");
        if (message.ReceiptLink is { } receipt) text.Append("[✓ ").Append(message.Person).Append("](").Append(receipt).Append(')');
        return text.ToString().TrimEnd();
    }
}
