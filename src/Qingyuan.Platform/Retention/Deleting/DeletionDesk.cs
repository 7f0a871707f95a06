using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Deleting;

/// <summary>Where two persons meet. It deletes nothing itself: <see cref="DeletionRun"/> does what both have said.</summary>
internal sealed class DeletionDesk(IDatabase database, ITelemetryMonths months, DeletionRules rules, IElectronicLedger ledger, TimeProvider clock) : IDeletions
{
    public async Task<Result<DeletionPreview>> LookAsync(DataClass dataClass, string? from, string? to, CancellationToken ct)
    {
        if (!DeletionMonths.Period(dataClass, from, to).TryGet(out var period, out var refusal)) return refusal;
        await using (var db = database.Read())
            if (await rules.ForbidsAsync(db, dataClass, period.From, period.To, ct) is { } forbidden) return forbidden;
        var sizes = await months.LookAsync(period.Kind, period.From, period.To, ct);
        await using (var db = database.Read())
            foreach (var size in sizes)
                if (await rules.ForbidsAsync(db, dataClass, size.Month, size.NewestReceipt, ct) is { } lately) return lately;
        return sizes is [] ? new Refusal("retention.deletion-empty") : new DeletionPreview(dataClass, MonthName.Of(period.From), MonthName.Of(period.To), sizes);
    }

    public async Task<IReadOnlyList<Deletion>> ListAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return [.. (await db.Set<DeletionRow>().OrderByDescending(row => row.RequestedAt).ToListAsync(ct)).Select(row => row.ToDeletion())];
    }

    public async Task<Result<Deletion>> RequestAsync(DataClass dataClass, string? from, string? to, string? reason, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (DeletionRules.Excludes(actor, Roles.SystemAdmin) is { } excluded) return excluded;
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("retention.reason-missing", "reason");
        if (!(await LookAsync(dataClass, from, to, ct)).TryGet(out var preview, out var refusal)) return refusal;
        _ = MonthName.TryParse(preview.From, out var first) & MonthName.TryParse(preview.To, out var last);
        return await database.WriteAsync<Result<Deletion>>(
            async (db, token) =>
            {
                if (await rules.ForbidsAsync(db, dataClass, first, last, token) is { } forbidden) return forbidden;
                if (await Open(db).AnyAsync(row => row.Class == dataClass && row.FromMonth <= last && row.ToMonth >= first, token)) return new Refusal("retention.deletion-pending");
                var row = new DeletionRow { Id = Guid.CreateVersion7(), Class = dataClass, FromMonth = first, ToMonth = last, Reason = reason.Trim(), RequestedBy = actor.Id, RequestedAt = clock.GetUtcNow(), Months = "[]" };
                row.MonthList = [.. preview.Months.Select(month => new DeletionMonth(month.Month, month.Bytes, month.Items))];
                db.Add(row);
                Record(db, "requested", row, actor, row.RequestedAt);
                return row.ToDeletion();
            },
            ct);
    }

    public Task<Result<Deletion>> ApproveAsync(Guid id, Actor actor, CancellationToken ct) => DecideAsync(
        id, actor,
        async (db, row, token) =>
        {
            if (row.RequestedAt + IDeletions.Patience <= clock.GetUtcNow()) return new("retention.deletion-lapsed");
            // By name, not by role: who holds two accounts is found in the ledger, one account is refused here.
            if (string.Equals(row.RequestedBy, actor.Id, StringComparison.OrdinalIgnoreCase)) return new("retention.same-person");
            if (await rules.ForbidsAsync(db, row.Class, row.FromMonth, row.ToMonth, token) is { } forbidden) return forbidden;
            row.State = DeletionState.Approved;
            return null;
        },
        "approved", ct);

    public Task<Result<Deletion>> RejectAsync(Guid id, string? reason, Actor actor, CancellationToken ct) => DecideAsync(
        id, actor,
        (_, row, _) =>
        {
            if (string.IsNullOrWhiteSpace(reason)) return Task.FromResult<Refusal?>(new("retention.reason-missing", "reason"));
            (row.State, row.Why) = (DeletionState.Rejected, reason.Trim());
            return Task.FromResult<Refusal?>(null);
        },
        "rejected", ct);

    public async Task<IReadOnlyList<Hold>> HoldsAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return [.. (await db.Set<HoldRow>().OrderByDescending(row => row.SetAt).ToListAsync(ct)).Select(row => row.ToHold())];
    }

    public async Task<Result<Hold>> HoldAsync(DataClass dataClass, string? from, string? to, string? reason, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (DeletionRules.Excludes(actor, Roles.Regulator, Roles.AuditAdmin) is { } excluded) return excluded;
        if (!DeletionMonths.Period(dataClass, from, to).TryGet(out var period, out var refusal)) return refusal;
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("retention.reason-missing", "reason");
        var row = new HoldRow { Id = Guid.CreateVersion7(), Class = dataClass, FromMonth = period.From, ToMonth = period.To, Reason = reason.Trim(), SetBy = actor.Id, SetAt = clock.GetUtcNow() };
        return await database.WriteAsync(
            (db, _) =>
            {
                db.Add(row);
                Record(db, "set", row, row.Reason, actor, row.SetAt);
                return Task.FromResult(row.ToHold());
            },
            ct);
    }

    public async Task<Result<Hold>> LiftAsync(Guid id, string? reason, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (DeletionRules.Excludes(actor, Roles.Regulator, Roles.AuditAdmin) is { } excluded) return excluded;
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("retention.reason-missing", "reason");
        return await database.WriteAsync<Result<Hold>>(
            async (db, token) =>
            {
                if (await db.Set<HoldRow>().SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return new Refusal("retention.no-such-hold");
                if (row.LiftedAt is not null) return new Refusal("retention.hold-lifted");
                (row.LiftedBy, row.LiftedAt, row.LiftReason) = (actor.Id, clock.GetUtcNow(), reason.Trim());
                Record(db, "lifted", row, row.LiftReason, actor, row.LiftedAt.Value);
                return row.ToHold();
            },
            ct);
    }

    /// <summary>Requests that wait and deletions that are under way.</summary>
    internal static IQueryable<DeletionRow> Open(QingyuanDb db) => db.Set<DeletionRow>().Where(row => row.State == DeletionState.Requested || row.State == DeletionState.Approved);

    /// <summary>What every entry about a deletion says of it.</summary>
    internal static JsonObject Body(DeletionRow row) => new()
    {
        ["class"] = AlarmTexts.Code(row.Class), ["from"] = MonthName.Of(row.FromMonth), ["to"] = MonthName.Of(row.ToMonth), ["reason"] = row.Reason, ["requestedBy"] = row.RequestedBy,
        ["months"] = Text(row.MonthList.Count), ["bytes"] = Text(row.MonthList.Sum(month => month.Bytes)), ["items"] = Text(row.MonthList.Sum(month => month.Items)),
    };

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<Result<Deletion>> DecideAsync(Guid id, Actor actor, Func<QingyuanDb, DeletionRow, CancellationToken, Task<Refusal?>> decide, string act, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (DeletionRules.Excludes(actor, Roles.SystemAdmin, Roles.AuditAdmin) is { } excluded) return excluded;
        return await database.WriteAsync<Result<Deletion>>(
            async (db, token) =>
            {
                if (await db.Set<DeletionRow>().SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return new Refusal("retention.no-such-deletion");
                if (row.State is DeletionState.Lapsed) return new Refusal("retention.deletion-lapsed");
                if (row.State is not DeletionState.Requested) return new Refusal("retention.deletion-decided");
                if (await decide(db, row, token) is { } refusal) return refusal;
                (row.DecidedBy, row.DecidedAt) = (actor.Id, clock.GetUtcNow());
                Record(db, act, row, actor, row.DecidedAt.Value);
                return row.ToDeletion();
            },
            ct);
    }

    private void Record(QingyuanDb db, string act, DeletionRow row, Actor actor, DateTimeOffset at)
    {
        var body = Body(row);
        if (row.Why is { } why) body["why"] = why;
        ledger.Record(db, new("retention.deletion." + act, $"deletion:{row.Id}", null, null, actor, at, body));
    }

    private void Record(QingyuanDb db, string act, HoldRow row, string reason, Actor actor, DateTimeOffset at) => ledger.Record(
        db,
        new("retention.hold." + act, $"hold:{row.Id}", null, null, actor, at, new JsonObject { ["class"] = AlarmTexts.Code(row.Class), ["from"] = MonthName.Of(row.FromMonth), ["to"] = MonthName.Of(row.ToMonth), ["reason"] = reason }));
}
