using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>Writes in the archive, which another node or person may be changing too.</summary>
internal static class SecondLook
{
    /// <summary>Acts; when somebody filed the same MN, or changed the same station's validity, between our look and our write, looks again: that says what there is.</summary>
    public static async Task<T> WriteWithSecondLookAsync<T>(this IDatabase database, Func<QingyuanDb, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(act, ct);
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || database.IsUniqueViolation(error))
        {
            return await database.WriteAsync(act, ct);
        }
    }
}
