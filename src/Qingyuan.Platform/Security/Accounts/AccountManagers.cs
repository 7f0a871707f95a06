using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.Accounts;

/// <summary>Makes Identity's user manager over the context of one act.</summary>
internal sealed class AccountManagers(
    IOptions<IdentityOptions> options, IPasswordHasher<AccountRow> hasher, IEnumerable<IUserValidator<AccountRow>> userValidators,
    IEnumerable<IPasswordValidator<AccountRow>> passwordValidators, ILookupNormalizer normalizer, IServiceProvider services, ILogger<UserManager<AccountRow>> log)
{
    private readonly IdentityErrorDescriber _errors = new();

    public IPasswordHasher<AccountRow> Hasher => hasher;

    public UserManager<AccountRow> For(QingyuanDb db) =>
        new(new AccountStore(db), options, hasher, userValidators, passwordValidators, normalizer, _errors, services, log);

    /// <summary>The name as it is looked up. What no name can hold finds nobody, and never reaches an engine that cannot store it.</summary>
    public string Normalize(string name) => name.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter)) ? "" : normalizer.NormalizeName(name);
}
