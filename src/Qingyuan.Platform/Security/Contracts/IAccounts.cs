using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Security.Contracts;

/// <summary>An account as the security administrator sees it; never a secret.</summary>
/// <param name="Organisation">Discharger: its code. Regulator: the codes assigned, comma-separated; empty = all. Others: the installation's.</param>
/// <param name="LockedUntil">Set while locked out after failed sign-ins.</param>
public sealed record AccountView(
    string Name, string Role, string Organisation, bool Disabled, bool MustChangePassword, bool HasTotp, DateTimeOffset? LockedUntil,
    DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);

/// <summary>A new account or a new password: the secret is shown once and must be changed at the next sign-in.</summary>
public sealed record OneTimeSecret(AccountView Account, string Password);

/// <summary>An API token; only the digest of its secret is kept.</summary>
public sealed record TokenView(Guid Id, string Label, string Role, string Organisation, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

public sealed record NewToken(TokenView Token, string Secret);

/// <summary>What an authenticator app needs. Not in force before <see cref="IAccounts.ConfirmTotpAsync"/>.</summary>
/// <param name="Key">Base32, for typing.</param>
/// <param name="Uri"><c>otpauth://</c>, for the QR code.</param>
public sealed record TotpEnrolment(string Key, Uri Uri);

/// <summary>Accounts, second factors and tokens. Each change is a ledger entry; refusals are <c>account.*</c>, <c>token.*</c>, <c>totp.*</c>.</summary>
public interface IAccounts
{
    Task<IReadOnlyList<AccountView>> ListAsync(CancellationToken ct);

    Task<AccountView?> FindAsync(string name, CancellationToken ct);

    /// <summary>Refuses a taken name, an unknown role, and a second administrator role for one name.</summary>
    Task<Result<OneTimeSecret>> AddAsync(string name, string role, string? organisation, Actor actor, CancellationToken ct);

    /// <summary>Ends the account's sessions too. The last security administrator cannot be disabled.</summary>
    Task<Result<AccountView>> DisableAsync(string name, Actor actor, CancellationToken ct);

    Task<Result<AccountView>> EnableAsync(string name, Actor actor, CancellationToken ct);

    /// <summary>A new one-time password; lifts a lock-out, removes the second factor, ends the sessions.</summary>
    Task<Result<OneTimeSecret>> ResetPasswordAsync(string name, Actor actor, CancellationToken ct);

    /// <summary>Starts enrolling the actor's own second factor; an earlier unconfirmed key is replaced.</summary>
    Task<Result<TotpEnrolment>> StartTotpAsync(Actor actor, CancellationToken ct);

    /// <summary>Puts the second factor in force and returns ten recovery codes, shown once.</summary>
    Task<Result<IReadOnlyList<string>>> ConfirmTotpAsync(string code, Actor actor, CancellationToken ct);

    Task<IReadOnlyList<TokenView>> TokensAsync(CancellationToken ct);

    Task<Result<NewToken>> CreateTokenAsync(string label, string role, string? organisation, int? days, Actor actor, CancellationToken ct);

    /// <summary>A token that acts in the name of <paramref name="user"/>, an account in use with that role.</summary>
    Task<Result<NewToken>> CreateTokenAsync(string label, string role, string? organisation, int? days, string? user, Actor actor, CancellationToken ct);

    Task<Result<TokenView>> RevokeTokenAsync(Guid id, Actor actor, CancellationToken ct);
}
