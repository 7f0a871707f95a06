using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>Files and changes stations: row, validity of the MN and ledger entry in one transaction, then the directory anew.</summary>
internal sealed class StationArchive(
    IDatabase database, ISecretProtector secrets, IElectronicLedger ledger, StationDirectory directory, ITechnicians technicians, TimeProvider clock) : IStationArchive
{
    public async Task<Result<StationInfo>> AddAsync(StationDraft draft, Actor actor, CancellationToken ct) => (await AddAllAsync([draft], actor, ct))[0];

    public Task<IReadOnlyList<Result<StationInfo>>> AddAllAsync(IReadOnlyList<StationDraft> drafts, Actor actor, CancellationToken ct) => AddAllAsync(drafts, null, actor, ct);

    /// <param name="import">The table they come from.</param>
    public async Task<IReadOnlyList<Result<StationInfo>>> AddAllAsync(IReadOnlyList<StationDraft> drafts, Guid? import, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        var results = new List<Result<StationInfo>>(drafts.Count);
        try
        {
            foreach (var draft in drafts)
                results.Add(DraftCheck.Fault(draft, passwordNeeded: true) is { } fault ? fault : await database.WriteWithSecondLookAsync((db, token) => AddAsync(db, draft, import, actor, token), ct));
        }
        finally
        {
            await directory.LoadAsync(CancellationToken.None); // committed: the listener must know, also when the asker is gone
        }

        return results;
    }

    /// <summary>What <see cref="IStationArchive.AddAllAsync"/> would say now; files nothing.</summary>
    /// <returns>In the order of <paramref name="drafts"/>: true for what is filed alike.</returns>
    public async Task<IReadOnlyList<Result<bool>>> LookAsync(IReadOnlyList<StationDraft> drafts, CancellationToken ct)
    {
        await using var db = database.Read();
        var looks = new List<Result<bool>>(drafts.Count);
        foreach (var draft in drafts) looks.Add(DraftCheck.Fault(draft, passwordNeeded: true) is { } fault ? fault : await LookAsync(db, draft, ct));
        return looks;
    }

    public async Task<Result<StationInfo>> ChangeAsync(int stationNo, StationDraft draft, Actor actor, CancellationToken ct)
    {
        if (DraftCheck.Fault(draft, passwordNeeded: false) is { } fault) return fault;
        var result = await database.WriteWithSecondLookAsync((db, token) => ChangeAsync(db, stationNo, draft, actor, token), ct);
        await directory.LoadAsync(CancellationToken.None); // committed: the listener must know, also when the asker is gone
        return result;
    }

    private async Task<Result<StationInfo>> AddAsync(QingyuanDb db, StationDraft draft, Guid? import, Actor actor, CancellationToken ct)
    {
        if (await HolderAsync(db, draft.Mn, ct) is { } holder) return IsAlike(holder, draft) ? holder.ToInfo(draft.Mn) : Taken(draft, holder);
        if (await FormerHolderAsync(db, draft.Mn, ct) is { } former) return Retired(draft, former);
        if (!(await WithTechnicianAsync(db, draft, ct)).TryGet(out var named, out var fault)) return fault;
        draft = named;
        var now = clock.GetUtcNow();
        var station = new StationRow { Password = secrets.Protect(Encoding.ASCII.GetBytes(draft.Password)), ImportId = import };
        station.Apply(draft, now);
        db.Add(station);
        await db.SaveChangesAsync(ct);
        db.Add(new StationMnRow { StationNo = station.StationNo, Mn = draft.Mn, From = now });
        await FileKeyAsync(db, station, draft, actor, now, ct);
        Record(db, "station.file", station, draft.Mn, actor, now);
        return station.ToInfo(draft.Mn);
    }

    private async Task<Result<bool>> LookAsync(QingyuanDb db, StationDraft draft, CancellationToken ct)
    {
        if (await HolderAsync(db, draft.Mn, ct) is { } holder) return IsAlike(holder, draft) ? true : Taken(draft, holder);
        if (await FormerHolderAsync(db, draft.Mn, ct) is { } former) return Retired(draft, former);
        return (await WithTechnicianAsync(db, draft, ct)).TryGet(out _, out var fault) ? false : fault;
    }

    private static async Task<StationRow?> HolderAsync(QingyuanDb db, string mn, CancellationToken ct) =>
        await CurrentAsync(db, mn, ct) is { } taken ? await db.Set<StationRow>().SingleAsync(row => row.StationNo == taken.StationNo, ct) : null;

    /// <summary>A station out of use whose data are found by this MN; they would be out of sight behind a new one.</summary>
    private static async Task<StationRow?> FormerHolderAsync(QingyuanDb db, string mn, CancellationToken ct)
    {
        return await db.Set<StationMnRow>().Where(row => row.Mn == mn && row.Until != null)
            .Join(db.Set<StationRow>().Where(station => station.HasData), row => new { row.StationNo, End = row.Until }, station => new { station.StationNo, End = station.RetiredAt }, (_, station) => station)
            .FirstOrDefaultAsync(ct);
    }

    private static Refusal Retired(StationDraft draft, StationRow former) => new("station.mn-retired", draft.Mn, former.Name);

    private bool IsAlike(StationRow filed, StationDraft draft) => filed.Says(draft) && HasPassword(filed, draft.Password);

    private static Refusal Taken(StationDraft draft, StationRow holder) => new("station.mn-taken", draft.Mn, holder.Name);

    private async Task<Result<StationInfo>> ChangeAsync(QingyuanDb db, int stationNo, StationDraft draft, Actor actor, CancellationToken ct)
    {
        if (await db.Set<StationRow>().SingleOrDefaultAsync(row => row.StationNo == stationNo, ct) is not { } station) return new Refusal("station.not-found", stationNo);
        if (station.RetiredAt is not null) return new Refusal("station.retired", station.Name);
        if (await CurrentAsync(db, draft.Mn, ct) is { } holder && holder.StationNo != stationNo) return new Refusal("station.mn-taken", draft.Mn, holder.StationNo);
        if (!(await WithTechnicianAsync(db, draft, ct)).TryGet(out var named, out var fault)) return fault;
        draft = named;
        var now = clock.GetUtcNow();
        var current = await db.Set<StationMnRow>().SingleAsync(row => row.StationNo == stationNo && row.Until == null, ct);
        if (current.Mn != draft.Mn)
        {
            if (await FormerHolderAsync(db, draft.Mn, ct) is { } former) return Retired(draft, former);
            current.Until = now;
            await db.SaveChangesAsync(ct);
            db.Add(new StationMnRow { StationNo = stationNo, Mn = draft.Mn, From = now });
        }

        station.Apply(draft, now);
        if (draft.Password is { Length: > 0 } && !HasPassword(station, draft.Password)) station.Password = secrets.Protect(Encoding.ASCII.GetBytes(draft.Password));
        await FileKeyAsync(db, station, draft, actor, now, ct);
        Record(db, "station.change", station, draft.Mn, actor, now);
        return station.ToInfo(draft.Mn);
    }

    /// <summary>A new key beside the old ones, in whose time frames were stored.</summary>
    private async Task FileKeyAsync(QingyuanDb db, StationRow station, StationDraft draft, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (draft.Key is not { Length: > 0 } key) return;
        var newest = await db.Set<StationKeyRow>().Where(row => row.StationNo == station.StationNo).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        if (newest is not null && CryptographicOperations.FixedTimeEquals(secrets.Unprotect(newest.Key), Encoding.ASCII.GetBytes(key))) return;
        db.Add(new StationKeyRow { Id = Guid.CreateVersion7(now), StationNo = station.StationNo, Key = secrets.Protect(Encoding.ASCII.GetBytes(key)), From = now });
        ledger.Record(db, new("station.key", $"station:{draft.Mn}", station.StationNo, null, actor, now, new JsonObject { ["cipher"] = "SM4" }));
    }

    /// <summary>The draft with the technician's name as the account has it.</summary>
    private async Task<Result<StationDraft>> WithTechnicianAsync(QingyuanDb db, StationDraft draft, CancellationToken ct)
    {
        if (draft.Technician is not { Length: > 0 } name) return draft;
        return await technicians.FindAsync(db, name, ct) is { } filed ? draft with { Technician = filed } : new Refusal("station.technician-invalid", "technician", name);
    }

    private static Task<StationMnRow?> CurrentAsync(QingyuanDb db, string mn, CancellationToken ct) =>
        db.Set<StationMnRow>().SingleOrDefaultAsync(row => row.Mn == mn && row.Until == null, ct);

    private bool HasPassword(StationRow station, string password) =>
        CryptographicOperations.FixedTimeEquals(secrets.Unprotect(station.Password), Encoding.ASCII.GetBytes(password));

    private void Record(QingyuanDb db, string kind, StationRow station, string mn, Actor actor, DateTimeOffset now) =>
        ledger.Record(db, new(kind, $"station:{mn}", station.StationNo, null, actor, now, StationRecord.Of(station, mn)));
}
