namespace Qingyuan.Platform.Security.SignIn;

/// <summary>One signed-in browser.</summary>
internal sealed class SessionRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid AccountId { get; init; }

    public required string Remote { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Set when signed out or ended by an administrator.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
