using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.Accounts;

/// <summary>Identity's view of <see cref="AccountRow"/> inside one act: everything is saved with the act's own transaction.</summary>
internal sealed class AccountStore(QingyuanDb db) : IUserPasswordStore<AccountRow>, IUserSecurityStampStore<AccountRow>
{
    public async Task<IdentityResult> CreateAsync(AccountRow user, CancellationToken cancellationToken)
    {
        db.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(AccountRow user, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public Task<IdentityResult> DeleteAsync(AccountRow user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are disabled, never deleted: entries name them.");

    public Task<AccountRow?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        db.Set<AccountRow>().SingleOrDefaultAsync(row => row.Id == Guid.Parse(userId), cancellationToken);

    public Task<AccountRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Set<AccountRow>().SingleOrDefaultAsync(row => row.NormalizedName == normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(AccountRow user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(AccountRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(AccountRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedName);

    public Task<string?> GetPasswordHashAsync(AccountRow user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(AccountRow user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(AccountRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetUserNameAsync(AccountRow user, string? userName, CancellationToken cancellationToken) => Set(() => user.Name = userName ?? "");

    public Task SetNormalizedUserNameAsync(AccountRow user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.NormalizedName = normalizedName ?? "");

    public Task SetPasswordHashAsync(AccountRow user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task SetSecurityStampAsync(AccountRow user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public void Dispose()
    {
        // The context belongs to the act.
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
