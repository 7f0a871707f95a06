using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Security.Tokens;

/// <summary>An API token; its secret is not here.</summary>
internal sealed class TokenRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Label { get; init; }

    /// <summary>SHA-256 of the secret. Enough: the secret is 256 random bits, not something a person chose.</summary>
    public required byte[] Digest { get; init; }

    public required string Role { get; init; }

    public required string Organisation { get; init; }

    /// <summary>The account in whose name it acts, null when it acts as itself.</summary>
    public string? User { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public TokenView ToView() => new(Id, Label, Role, Organisation, CreatedAt, CreatedBy, ExpiresAt, LastUsedAt);

    public Actor ToActor() => new(User is null ? $"t:{Id}" : "u:" + User, Role, Organisation, "token");
}
