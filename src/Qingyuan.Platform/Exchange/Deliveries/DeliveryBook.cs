using System.Text;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Exchange;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>Deliveries as people see and set them. Each change is a version of its own and a ledger entry.</summary>
internal sealed class DeliveryBook(IDatabase database, IBlobStore blobs, DeliveryCheck check, DeliveryLedger ledger, ISecretProtector protector, TimeProvider clock) : IDeliveries
{
    private const int MostRuns = 500;
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3660);

    public async Task<IReadOnlyList<DeliveryView>> ListAsync(IReadOnlySet<string>? organisations, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await Seen(db, organisations).OrderBy(row => row.Name).ToListAsync(ct);
        var views = new List<DeliveryView>(rows.Count);
        foreach (var row in rows) views.Add(await ViewAsync(db, row, organisations, ct));
        return views;
    }

    public async Task<Result<DeliveryView>> SaveAsync(DeliveryDraft draft, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var now = clock.GetUtcNow();
        if (draft.From is { } from && (from > now || now - from > Furthest)) return new Refusal("delivery.from-invalid", "from");
        if (check.Fault(draft) is { } fault) return fault;
        draft = draft with { Rule = Trimmed(draft.Rule) };
        if (await database.WriteAsync((db, token) => StoreAsync(db, draft, actor, now, token), ct) is { } refusal) return refusal;
        await using var read = database.Read();
        return await ViewAsync(read, await read.Set<DeliveryRow>().SingleAsync(row => row.Name == draft.Name, ct), null, ct);
    }

    public async Task<IReadOnlyList<DeliveryVersion>?> VersionsAsync(string name, IReadOnlySet<string>? organisations, CancellationToken ct)
    {
        await using var db = database.Read();
        if (await FindAsync(db, name, organisations, ct) is not { } delivery) return null;
        return [.. await OwnVersionsAsync(db, delivery, organisations, ct)];
    }

    public async Task<Page<DeliveryRunView>?> RunsAsync(string name, IReadOnlySet<string>? organisations, int limit, Guid? after, CancellationToken ct)
    {
        await using var db = database.Read();
        if (await FindAsync(db, name, organisations, ct) is not { } delivery) return null;
        var take = Math.Clamp(limit, 1, MostRuns);
        var runs = await OwnRunsAsync(db, delivery, organisations, ct);
        if (after is { } last && await runs.SingleOrDefaultAsync(run => run.Id == last, ct) is { } at)
            runs = runs.Where(run => run.From < at.From || (run.From == at.From && run.Revision < at.Revision));
        var page = await runs.OrderByDescending(run => run.From).ThenByDescending(run => run.Revision).Take(take + 1).ToListAsync(ct);
        return new([.. page.Take(take).Select(run => run.ToView())], page.Count > take ? page[take - 1].Id.ToString() : null);
    }

    public async Task<(Stream Content, string FileName, string Type)?> FileAsync(string name, Guid run, IReadOnlySet<string>? organisations, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = database.Read();
        if (await FindAsync(db, name, organisations, ct) is not { } delivery) return null;
        if (await (await OwnRunsAsync(db, delivery, organisations, ct)).SingleOrDefaultAsync(each => each.Id == run, ct) is not { Sha256: { } sha256, FileName: { } fileName } row) return null;
        if (await blobs.OpenAsync(sha256, ct) is not { } content) return null;
        try
        {
            if (row.FetchedAt is null && actor.OrganisationCodes().Contains(delivery.Organisation, StringComparer.Ordinal)) await FetchedAsync(run, name, delivery.Organisation, actor, ct);
        }
        catch
        {
            await content.DisposeAsync(); // nobody gets it
            throw;
        }

        return (content, fileName, DeliveryFile.Type(fileName));
    }

    private Task<bool> FetchedAsync(Guid run, string name, string organisation, Actor actor, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            if (await db.Set<DeliveryRunRow>().SingleAsync(each => each.Id == run, token) is not { FetchedAt: null } row) return false; // somebody else of theirs was quicker
            (row.FetchedAt, row.FetchedBy) = (clock.GetUtcNow(), actor.Id);
            ledger.Fetched(db, name, organisation, row, actor);
            return true;
        },
        ct);

    /// <returns>Why it is not stored; null when it is, or when nothing changed.</returns>
    private async Task<Refusal?> StoreAsync(QingyuanDb db, DeliveryDraft draft, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.Set<DeliveryRow>().SingleOrDefaultAsync(each => each.Name == draft.Name, ct);
        var was = row is null ? null : RuleText.Read(row.Rule);
        var text = RuleText.Of(draft.Rule);
        var secret = draft.Rule.HandOver is not HandOver.Put ? "" : draft.Secret;
        var secretChanged = secret is { Length: > 0 } || (secret is "" && row?.Secret is not null);
        if (row is not null && row.Rule == text && !secretChanged) return null; // nothing changed
        // Whoever comes after would find, or be sent, what another was given.
        if (row is not null && row.Organisation != draft.Rule.Organisation) return new("delivery.organisation-fixed", "organisation", row.Organisation);
        if (row is null)
        {
            var from = draft.From is { } wanted ? StationClock.Wall(wanted) : StationClock.Wall(now);
            db.Add(row = new() { Id = Guid.CreateVersion7(now), Name = draft.Name, Rule = text, Organisation = "", NextFrom = draft.Rule.Schedule().StartOf(from) });
        }

        (row.Rule, row.Organisation, row.Enabled) = (text, draft.Rule.Organisation, draft.Rule.Enabled);
        row.Version++;
        if (secret is not null) row.Secret = secret.Length is 0 ? null : protector.Protect(Encoding.UTF8.GetBytes(secret));
        db.Add(new DeliveryVersionRow { DeliveryId = row.Id, Version = row.Version, Rule = text, By = actor.Id, At = now });
        ledger.Changed(db, row.Name, row.Version, was, draft.Rule, secretChanged, actor);
        return null;
    }

    // What another choice needs is not kept: the rule says what holds and nothing else.
    private static DeliveryRule Trimmed(DeliveryRule rule) => rule with
    {
        Purpose = string.IsNullOrWhiteSpace(rule.Purpose) ? null : rule.Purpose.Trim(), Stations = rule.Choice is StationChoice.Listed ? [.. rule.Stations.Distinct()] : [],
        Discharger = rule.Choice is StationChoice.Organisation ? rule.Discharger : null, Factors = [.. rule.Factors.Distinct()], Data = [.. rule.Data.Distinct().Order()],
        Day = rule.Every is DeliveryInterval.Weekly or DeliveryInterval.Monthly ? rule.Day : null, Folder = rule.HandOver is HandOver.Folder ? rule.Folder : null,
        Address = rule.HandOver is HandOver.Put ? rule.Address : null, CertificateSha256 = rule.HandOver is HandOver.Put ? rule.CertificateSha256?.ToLowerInvariant() : null,
    };

    private static IQueryable<DeliveryRow> Seen(QingyuanDb db, IReadOnlySet<string>? organisations)
    {
        if (organisations is null) return db.Set<DeliveryRow>();
        var own = organisations.ToList();
        return db.Set<DeliveryRow>().Where(row => own.Contains(row.Organisation));
    }

    /// <summary>Newest first. Until 0.2 a delivery could pass to another organisation: each sees only what went out in its own time.</summary>
    private static async Task<IEnumerable<DeliveryVersion>> OwnVersionsAsync(QingyuanDb db, DeliveryRow delivery, IReadOnlySet<string>? organisations, CancellationToken ct)
    {
        var rows = await db.Set<DeliveryVersionRow>().Where(row => row.DeliveryId == delivery.Id).OrderByDescending(row => row.Version).ToListAsync(ct);
        return rows.Select(row => new DeliveryVersion(row.Version, RuleText.Read(row.Rule), row.By, row.At)).Where(version => organisations?.Contains(version.Rule.Organisation) is not false);
    }

    private static async Task<IQueryable<DeliveryRunRow>> OwnRunsAsync(QingyuanDb db, DeliveryRow delivery, IReadOnlySet<string>? organisations, CancellationToken ct)
    {
        var runs = db.Set<DeliveryRunRow>().Where(run => run.DeliveryId == delivery.Id);
        if (organisations is null) return runs;
        var own = (await OwnVersionsAsync(db, delivery, organisations, ct)).Select(version => version.Version).ToList();
        return runs.Where(run => own.Contains(run.Version));
    }

    // Out of sight looks like not there.
    private static Task<DeliveryRow?> FindAsync(QingyuanDb db, string name, IReadOnlySet<string>? organisations, CancellationToken ct) => Seen(db, organisations).SingleOrDefaultAsync(row => row.Name == name, ct);

    private static async Task<DeliveryView> ViewAsync(QingyuanDb db, DeliveryRow row, IReadOnlySet<string>? organisations, CancellationToken ct)
    {
        var rule = RuleText.Read(row.Rule);
        var schedule = rule.Schedule();
        var changed = await db.Set<DeliveryVersionRow>().SingleAsync(each => each.DeliveryId == row.Id && each.Version == row.Version, ct);
        var runs = await OwnRunsAsync(db, row, organisations, ct);
        var last = await runs.OrderByDescending(run => run.From).ThenByDescending(run => run.Revision).FirstOrDefaultAsync(ct);
        var failing = await runs.Where(run => run.State == DeliveryRunState.Failing).OrderBy(run => run.From).FirstOrDefaultAsync(ct);
        var to = schedule.EndOf(row.NextFrom);
        return new(row.Id, row.Name, row.Version, rule, row.Secret is not null, changed.By, changed.At, row.NextFrom, to, schedule.DueAt(to), last?.ToView(), failing?.ToView());
    }
}
