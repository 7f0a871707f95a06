using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.Accounts;

internal sealed class Technicians(AccountsDesk accounts) : ITechnicians
{
    public async Task<string?> FindAsync(QingyuanDb db, string name, CancellationToken ct) =>
        await accounts.ByNameAsync(db, name, ct) is { Role: Roles.Technician, Disabled: false } account ? account.Name : null;
}
