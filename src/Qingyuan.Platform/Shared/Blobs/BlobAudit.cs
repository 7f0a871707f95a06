using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>A blob that a row refers to and that is not whole.</summary>
internal sealed record BlobFinding(string Sha256, long Length, string Purpose, BlobFault Fault)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"blob {Sha256}: {(Fault is BlobFault.Missing ? "missing" : "damaged")} ({Purpose}, {Length} bytes)");
}

/// <summary>What a walk read.</summary>
internal sealed record BlobWalk(long Blobs, long Bytes, IReadOnlyList<BlobFinding> Findings);

/// <summary>Reads through every blob that a row refers to.</summary>
internal sealed class BlobAudit(IDatabase database, IBlobUpkeep upkeep)
{
    private const int Page = 500;

    public async Task<BlobWalk> RunAsync(Pace pace, CancellationToken ct)
    {
        var (blobs, bytes, findings) = (0L, 0L, new List<BlobFinding>());
        for (var rows = await AfterAsync("", ct); rows.Count > 0; rows = await AfterAsync(rows[^1].Sha256, ct))
        {
            foreach (var row in rows)
            {
                (blobs, bytes) = (blobs + 1, bytes + row.Length);
                if (await upkeep.CheckAsync(row.Sha256, pace, ct) is { } fault) findings.Add(new(row.Sha256, row.Length, row.Purpose, fault));
            }
        }

        return new(blobs, bytes, findings);
    }

    private async Task<IReadOnlyList<BlobRow>> AfterAsync(string sha256, CancellationToken ct)
    {
        await using var db = database.Read();
#pragma warning disable CA1309 // the engine compares, in its own order
        return await db.Set<BlobRow>().Where(row => string.Compare(row.Sha256, sha256) > 0).OrderBy(row => row.Sha256).Take(Page).ToListAsync(ct);
#pragma warning restore CA1309
    }
}
