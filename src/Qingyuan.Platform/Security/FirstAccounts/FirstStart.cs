using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.FirstAccounts;

/// <summary>Makes the accounts without which nobody could sign in.</summary>
internal sealed class FirstStart(IDatabase database, AccountsDesk accounts, FirstSignInFile file, Organisation installation)
{
    /// <summary>The organisation whose outlets the sample site files first; its discharger account sees them.</summary>
    private const string SampleDischarger = "sample-energy";

    public async Task<IReadOnlyList<FirstAccount>> RunAsync(bool sample, CancellationToken ct)
    {
        var made = new List<FirstAccount>();
        foreach (var role in Roles.Administrators)
            if (!await AnyAsync(role, ct)) await AddAsync(made, role, ct);
        if (sample)
            foreach (var role in Roles.All.Except(Roles.Administrators)) await AddAsync(made, role, ct);
        return made;
    }

    private async Task AddAsync(List<FirstAccount> made, string role, CancellationToken ct)
    {
        if (await accounts.FindAsync(role, ct) is not null) return;
        var organisation = role == Roles.Discharger ? SampleDischarger : null;
        var account = new FirstAccount(role, OneTimePassword.New());
        file.Add(account); // first: an account whose password died with the process would lock everybody out
        _ = (await accounts.AddAsync(role, role, organisation, account.Password, Actor.Service("first-start", installation.Code), ct)).Value;
        made.Add(account);
    }

    private async Task<bool> AnyAsync(string role, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<AccountRow>().AnyAsync(row => row.Role == role, ct);
    }
}
