using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>A delivery as it is now.</summary>
/// <param name="Secret">The Authorization header of the recipient's address.</param>
internal sealed record CurrentDelivery(string Name, int Version, DeliveryRule Rule, string? Secret);

/// <summary>What the job reads and writes: which period is next, and what became of it.</summary>
internal sealed class DeliveryStore(IDatabase database, DeliveryLedger ledger, BlobReferences references, ISecretProtector protector, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Deliveries with something to do now. Read only: a policy at rest writes nothing.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> DueAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var now = StationClock.Wall(clock.GetUtcNow());
        var open = await db.Set<DeliveryRunRow>().Where(run => run.State == DeliveryRunState.Open || run.State == DeliveryRunState.Failing).Select(run => run.DeliveryId).Distinct().ToListAsync(ct);
        var rows = await db.Set<DeliveryRow>().Where(row => row.Enabled).OrderBy(row => row.Name).ToListAsync(ct);
        return [.. rows.Where(row => open.Contains(row.Id) || IsDue(row, now))];
    }

    /// <summary>The oldest run that is not done, else one for the next period when that is due; null when nothing is. The row and the step to the period after it are one transaction, so none is passed over or made twice.</summary>
    public Task<DeliveryRunRow?> NextAsync(Guid delivery, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            if (await db.Set<DeliveryRunRow>().Where(run => run.DeliveryId == delivery && (run.State == DeliveryRunState.Open || run.State == DeliveryRunState.Failing)).OrderBy(run => run.From).ThenBy(run => run.Revision).FirstOrDefaultAsync(token) is { } open) return open;
            var row = await db.Set<DeliveryRow>().SingleAsync(each => each.Id == delivery, token);
            if (!row.Enabled || !IsDue(row, StationClock.Wall(clock.GetUtcNow()))) return null;
            var end = RuleText.Read(row.Rule).Schedule().EndOf(row.NextFrom);
            var run = Run(delivery, row.Version, row.NextFrom, end, 0);
            db.Add(run);
            row.NextFrom = end;
            return run;
        },
        ct);

    /// <summary>A delivery as it is now, with its secret opened.</summary>
    public async Task<CurrentDelivery> CurrentAsync(Guid delivery, CancellationToken ct)
    {
        await using var db = database.Read();
        var row = await db.Set<DeliveryRow>().SingleAsync(each => each.Id == delivery, ct);
        return new(row.Name, row.Version, RuleText.Read(row.Rule), row.Secret is { } secret ? System.Text.Encoding.UTF8.GetString(protector.Unprotect(secret)) : null);
    }

    public async Task<DeliveryRule> RuleAsync(Guid delivery, int version, CancellationToken ct)
    {
        await using var db = database.Read();
        return RuleText.Read(await db.Set<DeliveryVersionRow>().Where(each => each.DeliveryId == delivery && each.Version == version).Select(each => each.Rule).SingleAsync(ct));
    }

    /// <summary>The SHA-256 of the file that a correction corrects.</summary>
    public async Task<string?> BeforeAsync(DeliveryRunRow run, CancellationToken ct)
    {
        if (run.Revision is 0) return null;
        await using var db = database.Read();
        return await db.Set<DeliveryRunRow>().Where(each => each.DeliveryId == run.DeliveryId && each.From == run.From && each.Revision == run.Revision - 1).Select(each => each.Sha256).SingleAsync(ct);
    }

    public Task PreparedAsync(DeliveryRunRow run, KeptBlob blob, string type, CancellationToken ct) => ChangeAsync(
        run,
        async (db, row, token) =>
        {
            await references.AddAsync(db, blob, type, "delivery", token);
            (row.Version, row.Rows, row.Bytes, row.Sha256, row.FileName, row.Digest) = (run.Version, run.Rows, blob.Length, blob.Sha256, run.FileName, run.Digest);
        },
        ct);

    public Task DeliveredAsync(DeliveryRunRow run, string name, DeliveryRule rule, CancellationToken ct) => ChangeAsync(
        run,
        (db, row, _) =>
        {
            (row.State, row.DeliveredAt, row.NextTryAt, row.Error) = (DeliveryRunState.Delivered, clock.GetUtcNow(), null, null);
            row.Attempts++;
            ledger.Delivered(db, name, rule, row);
            return Task.CompletedTask;
        },
        ct);

    /// <summary>One ledger entry for the first failure of a run; all of them show on its row.</summary>
    public Task FailedAsync(DeliveryRunRow run, string name, DeliveryRule rule, string why, CancellationToken ct) => ChangeAsync(
        run,
        (db, row, _) =>
        {
            var now = clock.GetUtcNow();
            row.Attempts++;
            var pause = row.Attempts > 10 ? LongestPause : FirstPause * Math.Pow(2, row.Attempts - 1);
            (row.NextTryAt, row.Error) = (now + (pause < LongestPause ? pause : LongestPause), why);
            if (row.State is not DeliveryRunState.Failing) ledger.Failed(db, name, rule, row);
            (row.State, row.FailingSince) = (DeliveryRunState.Failing, row.FailingSince ?? now);
            return Task.CompletedTask;
        },
        ct);

    public Task AlarmedAsync(DeliveryRunRow run, bool alarmed, CancellationToken ct) => ChangeAsync(
        run,
        (_, row, _) =>
        {
            row.Alarmed = alarmed;
            return Task.CompletedTask;
        },
        ct);

    /// <summary>Runs that wait or were waited for, with the delivery's name and whether it still is to go out.</summary>
    public async Task<IReadOnlyList<(DeliveryRunRow Run, string Name, bool Enabled)>> TroubledAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<DeliveryRunRow>().Where(run => run.State == DeliveryRunState.Failing || (run.State == DeliveryRunState.Delivered && run.Alarmed))
            .Join(db.Set<DeliveryRow>(), run => run.DeliveryId, delivery => delivery.Id, (run, delivery) => new { run, delivery.Name, delivery.Enabled }).ToListAsync(ct);
        return [.. rows.Select(each => (each.run, each.Name, each.Enabled))];
    }

    /// <summary>The newest file of each period that ended after <paramref name="since"/>, and of the last one before, oldest first.</summary>
    public async Task<IReadOnlyList<DeliveryRunRow>> NewestAsync(Guid delivery, DateTime since, CancellationToken ct)
    {
        await using var db = database.Read();
        var last = await db.Set<DeliveryRunRow>().Where(run => run.DeliveryId == delivery).OrderByDescending(run => run.From).Select(run => (DateTime?)run.From).Skip(1).FirstOrDefaultAsync(ct) ?? since;
        var runs = await db.Set<DeliveryRunRow>().Where(run => run.DeliveryId == delivery && (run.To > since || run.From >= last)).ToListAsync(ct);
        return [.. runs.GroupBy(run => run.From).OrderBy(same => same.Key).Select(same => same.MaxBy(run => run.Revision)!)];
    }

    public Task CorrectAsync(DeliveryRunRow run, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            // Another node, or this one before a crash, may have seen the same.
            if (!await db.Set<DeliveryRunRow>().AnyAsync(each => each.DeliveryId == run.DeliveryId && each.From == run.From && each.Revision > run.Revision, token))
                db.Add(Run(run.DeliveryId, run.Version, run.From, run.To, run.Revision + 1));
            return true;
        },
        ct);

    public Task LookedBackAsync(Guid delivery, DateTime day, CancellationToken ct) =>
        database.WriteAsync((db, token) => db.Set<DeliveryRow>().Where(row => row.Id == delivery).ExecuteUpdateAsync(row => row.SetProperty(one => one.LookedBack, day), token), ct);

    private static bool IsDue(DeliveryRow row, DateTime now)
    {
        var schedule = RuleText.Read(row.Rule).Schedule();
        return schedule.DueAt(schedule.EndOf(row.NextFrom)) <= now;
    }

    private DeliveryRunRow Run(Guid delivery, int version, DateTime from, DateTime to, int revision)
    {
        var now = clock.GetUtcNow();
        return new() { Id = Guid.CreateVersion7(now), DeliveryId = delivery, Version = version, From = from, To = to, Revision = revision, State = DeliveryRunState.Open, StartedAt = now };
    }

    private Task<bool> ChangeAsync(DeliveryRunRow run, Func<QingyuanDb, DeliveryRunRow, CancellationToken, Task> change, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            await change(db, await db.Set<DeliveryRunRow>().SingleAsync(row => row.Id == run.Id, token), token);
            return true;
        },
        ct);
}
