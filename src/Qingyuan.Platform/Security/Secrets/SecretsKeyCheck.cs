using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security.Secrets;

/// <summary>Finds out at the start whether the wrapping key opens what the database holds, instead of at the first secret that somebody needs.</summary>
internal sealed class SecretsKeyCheck(IDatabase database, WrappingKey key, ISecretProtector secrets)
{
    /// <exception cref="IOException">It does not.</exception>
    public async Task RequireAsync(CancellationToken ct)
    {
        if (await FirstAsync(ct) is not { } row) return;
        if (!key.IsThere) throw new IOException("There is no wrapping key here, and this installation has secrets sealed with one. Name its file by QINGYUAN_KEY_FILE; none is made in its place.");
        try
        {
            secrets.Unprotect(row.Sealed);
        }
        catch (CryptographicException error)
        {
            throw new IOException("The wrapping key is not the one the secrets in this database are sealed with. Name the right one by QINGYUAN_KEY_FILE; all nodes of an installation have the same.", error);
        }
    }

    private async Task<ProtectionKeyRow?> FirstAsync(CancellationToken ct)
    {
        try
        {
            await using var db = database.Read();
            return await db.Set<ProtectionKeyRow>().OrderBy(row => row.Id).FirstOrDefaultAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null; // a node that waits looks before anybody has made the tables
        }
    }
}
