using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Security.Accounts;

/// <summary>A person's account. One role, so that no account can hold two administrator roles. Never deleted: entries name it.</summary>
internal sealed class AccountRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    public string NormalizedName { get; set; } = "";

    public required string Role { get; init; }

    public string Organisation { get; set; } = "";

    public string? PasswordHash { get; set; }

    /// <summary>Changes with password, second factor and disabling; sessions that carry another one are over.</summary>
    public string SecurityStamp { get; set; } = "";

    public bool MustChangePassword { get; set; }

    public bool Disabled { get; set; }

    public int FailedCount { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Sealed TOTP key; in force once <see cref="TotpSince"/> is set.</summary>
    public byte[]? TotpKey { get; set; }

    public DateTimeOffset? TotpSince { get; set; }

    /// <summary>Time step of the newest code taken: none is taken twice.</summary>
    public long TotpStep { get; set; }

    /// <summary>SHA-256 of each recovery code that is left, hex, comma-separated.</summary>
    public string RecoveryDigests { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignInAt { get; set; }

    public AccountView ToView() => new(Name, Role, Organisation, Disabled, MustChangePassword, TotpSince is not null, LockedUntil, CreatedAt, LastSignInAt);

    public Actor ToActor(string authentication) => new("u:" + Name, Role, Organisation, authentication);
}
