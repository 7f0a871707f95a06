using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Which blobs rows refer to.</summary>
public sealed class BlobReferences
{
    private readonly IDatabase _database;
    private readonly IBlobUpkeep _upkeep;
    private readonly TimeProvider _clock;

    internal BlobReferences(IDatabase database, IBlobUpkeep upkeep, TimeProvider clock) => (_database, _upkeep, _clock) = (database, upkeep, clock);

    /// <summary>In the transaction of the row that names the blob, after it was kept: from its commit on the blob stays for ever.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="blob">As <see cref="IBlobStore.KeepAsync"/> returned it.</param>
    /// <param name="mediaType">What the sender said it is.</param>
    /// <param name="purpose">What it is kept for, in one word.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="BlobException">It is not here any more: nothing refers to what does not exist.</exception>
    public Task AddAsync(QingyuanDb db, KeptBlob blob, string mediaType, string purpose, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(blob);
        if (!_upkeep.Hold(blob.Sha256)) throw BlobException.Missing(blob.Sha256);
        var now = _clock.GetUtcNow().ToUniversalTime();
        // By hand, because another transaction may be about to say the same, which is no conflict. Instants as each engine keeps them.
        return db is SqliteDb
            ? AddAsync(db, blob, (now.Ticks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond, mediaType, purpose, ct)
            : AddAsync(db, blob, now, mediaType, purpose, ct);
    }

    /// <summary>Since when a row refers to it; null when none does.</summary>
    public async Task<DateTimeOffset?> KeptAtAsync(string sha256, CancellationToken ct)
    {
        await using var db = _database.Read();
        return await db.Set<BlobRow>().Where(row => row.Sha256 == sha256).Select(row => (DateTimeOffset?)row.KeptAt).SingleOrDefaultAsync(ct);
    }

    private static Task<int> AddAsync<TInstant>(QingyuanDb db, KeptBlob blob, TInstant now, string mediaType, string purpose, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""INSERT INTO blob ("Sha256", "Length", "KeptAt", "MediaType", "Purpose") VALUES ({blob.Sha256}, {blob.Length}, {now}, {mediaType}, {purpose}) ON CONFLICT DO NOTHING""", ct);
}
