using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Exchange.Forwarding;
using Qingyuan.Platform.Exchange.Importing;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Exchange.Files;

/// <summary>Makes blobs of the files that earlier releases kept in the database, one after the other beside everything else.</summary>
/// <remarks>The bytes leave the database a day after the blob was kept, once it was read back: until then backups and the copies of waiting nodes have taken it along.</remarks>
internal sealed class EarlierFiles(IDatabase database, IBlobStore blobs, BlobReferences references, TimeProvider clock, ILogger<EarlierFiles> log) : RecurringService(TimeSpan.FromHours(1), clock, log)
{
    private const long BytesPerSecond = 16 << 20;
    private static readonly TimeSpan Beside = TimeSpan.FromDays(1);

    private bool _done;

    protected override bool AtOnce => true;

    /// <returns>Files that earlier releases kept and that still are in the database.</returns>
    public async Task<int> MoveAsync(CancellationToken ct)
    {
        var pace = new Pace(BytesPerSecond);
        var left = 0;
        foreach (var sha256 in await NamesAsync(ct))
            if (!await MoveAsync(sha256, pace, ct)) left++;
        return left;
    }

    /// <summary>Until nothing is left. Files of a look that fails are read where they are.</summary>
    protected override async Task LookAsync(CancellationToken ct)
    {
        if (!_done) _done = await MoveAsync(ct) is 0;
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var imports = await db.Set<ImportFileRow>().Select(row => row.Sha256).ToListAsync(ct);
        return [.. imports.Union(await db.Set<ConsentRow>().Where(row => row.Content != null).Select(row => row.Sha256).ToListAsync(ct)).Order(StringComparer.Ordinal)];
    }

    /// <returns>True when its bytes left the database.</returns>
    private async Task<bool> MoveAsync(string sha256, Pace pace, CancellationToken ct)
    {
        if (await references.KeptAtAsync(sha256, ct) is { } keptAt) return Clock.GetUtcNow() - keptAt >= Beside && await LetGoAsync(sha256, ct);
        var (content, purpose) = await ReadAsync(sha256, ct);
        if (Convert.ToHexStringLower(SHA256.HashData(content)) != sha256)
        {
            log.EarlierFileDamaged(sha256);
            return false;
        }

        var kept = await blobs.KeepAsync(content, ct);
        await database.WriteAsync(
            async (db, token) =>
            {
                await references.AddAsync(db, kept, FileKinds.Unknown, purpose, token);
                return true;
            },
            ct);
        pace.After(content.Length, ct);
        return false;
    }

    private async Task<(byte[] Content, string Purpose)> ReadAsync(string sha256, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<ImportFileRow>().SingleOrDefaultAsync(row => row.Sha256 == sha256, ct) is { } import
            ? (import.Content, FileKinds.Import)
            : ((await db.Set<ConsentRow>().Where(row => row.Sha256 == sha256 && row.Content != null).Select(row => row.Content!).FirstAsync(ct)), FileKinds.Consent);
    }

    private async Task<bool> LetGoAsync(string sha256, CancellationToken ct)
    {
        await using (var whole = await blobs.OpenAsync(sha256, ct))
            if (whole is null) throw BlobException.Missing(sha256);
        return await database.WriteAsync(
            async (db, token) =>
            {
                await db.Set<ImportFileRow>().Where(row => row.Sha256 == sha256).ExecuteDeleteAsync(token);
                await db.Set<ConsentRow>().Where(row => row.Sha256 == sha256).ExecuteUpdateAsync(set => set.SetProperty(row => row.Content, (byte[]?)null), token);
                return true;
            },
            ct);
    }
}
