using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Http.Idempotency;

/// <summary>Keeps keyed writes and their answers.</summary>
internal sealed class IdempotencyStore(IDatabase database, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>A write that has run this long died with its process. Its key may be tried again when nothing of it was stored.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private readonly IDataProtector _protector = protection.CreateProtector("idempotency");

    /// <summary>Takes the key, or returns what there is under it.</summary>
    public async Task<IdempotencyRow?> TakeAsync(string id, string body, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(async (db, token) =>
            {
                var now = clock.GetUtcNow();
                var (oldest, dead) = (now - Kept, now - Abandoned);
                await db.Set<IdempotencyRow>().Where(row => row.At < oldest || (row.Status == IdempotencyRow.Running && row.At < dead)).ExecuteDeleteAsync(token);
                await db.Set<IdempotencyRow>().Where(row => row.Status == IdempotencyRow.Acted && row.At < dead)
                    .ExecuteUpdateAsync(row => row.SetProperty(one => one.Status, IdempotencyRow.AnswerLost), token);
                if (await db.Set<IdempotencyRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token) is { } known) return known;
                db.Add(new IdempotencyRow { Id = id, Body = body, At = now });
                return null;
            }, ct);
        }
        catch (DbUpdateException error) when (database.IsUniqueViolation(error))
        {
            // Another node took it in the same moment.
            await using var db = database.Read();
            return await db.Set<IdempotencyRow>().SingleOrDefaultAsync(row => row.Id == id, ct);
        }
    }

    /// <summary>Notes in the act's own transaction that it was carried out: from its commit on a repeat never acts again, however the process ends.</summary>
    public static Task ActAsync(QingyuanDb db, string id, CancellationToken ct) => db.Set<IdempotencyRow>().Where(row => row.Id == id && row.Status == IdempotencyRow.Running)
        .ExecuteUpdateAsync(row => row.SetProperty(one => one.Status, IdempotencyRow.Acted), ct);

    public Task<int> AnswerAsync(string id, int status, string? contentType, string? location, byte[] answer)
    {
        var secret = _protector.Protect(answer); // before the transaction: it may have to write a new key of its own
        return database.WriteAsync(
            (db, token) => db.Set<IdempotencyRow>().Where(row => row.Id == id).ExecuteUpdateAsync(
                row => row.SetProperty(one => one.Status, status).SetProperty(one => one.ContentType, contentType).SetProperty(one => one.Location, location).SetProperty(one => one.Answer, secret), token),
            CancellationToken.None);
    }

    /// <summary>The write failed through no fault of the caller: the key is free again, unless something of it is stored.</summary>
    public Task<int> ReleaseAsync(string id) => database.WriteAsync(
        async (db, token) => await db.Set<IdempotencyRow>().Where(row => row.Id == id && row.Status == IdempotencyRow.Running).ExecuteDeleteAsync(token)
            + await db.Set<IdempotencyRow>().Where(row => row.Id == id && row.Status == IdempotencyRow.Acted).ExecuteUpdateAsync(row => row.SetProperty(one => one.Status, IdempotencyRow.AnswerLost), token),
        CancellationToken.None);

    public byte[] Open(IdempotencyRow row) => _protector.Unprotect(row.Answer);
}
