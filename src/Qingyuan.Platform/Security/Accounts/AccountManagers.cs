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

    public string Normalize(string name) => normalizer.NormalizeName(name);
}
