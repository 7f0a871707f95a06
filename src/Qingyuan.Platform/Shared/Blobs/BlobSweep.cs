using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Lets go files that nothing refers to: a kill between file and row leaves such a one, and a row that never came.</summary>
internal sealed class BlobSweep(IDatabase database, IBlobUpkeep upkeep, TimeProvider clock)
{
    private const int Page = 500;
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Grace;
        upkeep.RemoveRemains(before);
        var removed = 0;
        foreach (var old in upkeep.All().Where(blob => blob.KeptAt < before).Chunk(Page))
        {
            ct.ThrowIfCancellationRequested();
            var referred = await ReferredAsync([.. old.Select(blob => blob.Sha256)], ct);
            // Who refers to one meanwhile holds it first, so that it is not old any more.
            removed += old.Count(blob => !referred.Contains(blob.Sha256) && upkeep.Remove(blob.Sha256, before));
        }

        return removed;
    }

    private async Task<HashSet<string>> ReferredAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        await using var db = database.Read();
        return [.. await db.Set<BlobRow>().Where(row => names.Contains(row.Sha256)).Select(row => row.Sha256).ToListAsync(ct)];
    }
}
