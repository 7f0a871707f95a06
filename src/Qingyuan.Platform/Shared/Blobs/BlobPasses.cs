using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>The last walk, as all nodes may know of it. It counts for the folder that was walked.</summary>
internal sealed class BlobPasses(IDatabase database, DataDirectory data)
{
    private readonly string _place = $"{Environment.MachineName}:{data.Root}";

    public async Task<BlobStatus> NowAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var kept = await db.Set<BlobRow>().GroupBy(_ => 1).Select(all => new { Count = all.LongCount(), Bytes = all.Sum(row => row.Length) }).SingleOrDefaultAsync(ct);
        return new(kept?.Count ?? 0, kept?.Bytes ?? 0, await LastAsync(ct));
    }

    public async Task<BlobPass?> LastAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<BlobPassRow>().SingleOrDefaultAsync(row => row.Place == _place, ct) is { } row
            ? new(row.At, row.Seconds, row.Blobs, row.Bytes, row.Repaired, row.Removed, row.Damaged, row.Findings.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            : null;
    }

    public Task RecordAsync(BlobPass pass, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var row = await db.Set<BlobPassRow>().SingleOrDefaultAsync(token) ?? db.Add(new BlobPassRow { Place = _place, Findings = "" }).Entity;
            (row.Place, row.At, row.Seconds, row.Blobs, row.Bytes, row.Repaired, row.Removed, row.Damaged) = (_place, pass.At, pass.Seconds, pass.Blobs, pass.Bytes, pass.Repaired, pass.Removed, pass.Damaged);
            row.Findings = string.Join('\n', pass.Findings);
            return row;
        },
        ct);
}
