namespace Qingyuan.Platform.Alarms.Notifications.Channels;

/// <summary>A channel with its settings and secrets in the clear, for the length of one sending.</summary>
internal sealed record ChannelSetup(string Name, ChannelKind Kind, IReadOnlyDictionary<string, string> Values)
{
    public string? Get(string name) => Values.TryGetValue(name, out var value) && value is { Length: > 0 } ? value : null;
}

/// <summary>A message as it goes out, in the language of the person.</summary>
internal sealed record OutgoingMessage(Guid Id, string Person, string Address, string Title, string Text, string Severity, string Code, string? Link, string? ReceiptLink);

/// <summary>What became of it. The world's failures are data here: the sender tries again.</summary>
internal sealed record SendOutcome(string? Error)
{
    public static SendOutcome Sent { get; } = new((string?)null);

    public static SendOutcome Failed(string error) => new(error);
}

/// <summary>One kind of way out of the house.</summary>
internal interface INotificationChannel
{
    bool Serves(ChannelKind kind);

    /// <summary>The setting that is missing or wrong; null when all is there.</summary>
    string? FirstFault(ChannelSetup setup);

    Task<SendOutcome> SendAsync(ChannelSetup setup, OutgoingMessage message, CancellationToken ct);
}
