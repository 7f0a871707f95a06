using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive.Retiring;

/// <summary>Ends and renews the validity of a station's MN, with all that is open for it, in one transaction.</summary>
internal sealed class StationRetirement(IDatabase database, IElectronicLedger ledger, StationDirectory directory, KeptData kept, IEnumerable<IStationDuty> duties, TimeProvider clock) : IStationRetirement
{
    public async Task<Result<StationInfo>> RetireAsync(int stationNo, string? reason, Actor actor, CancellationToken ct) => (await RetireAllAsync([stationNo], reason, evenWithData: true, actor, ct))[0];

    /// <summary>Each for itself: what holds one keeps no other in use.</summary>
    /// <param name="evenWithData">False leaves those in use of which anything is kept: <c>station.heard</c>.</param>
    /// <returns>In the order of <paramref name="stationNos"/>.</returns>
    public async Task<IReadOnlyList<Result<StationInfo>>> RetireAllAsync(IReadOnlyList<int> stationNos, string? reason, bool evenWithData, Actor actor, CancellationToken ct)
    {
        if (Fault(reason) is { } fault) return [.. stationNos.Select(_ => (Result<StationInfo>)fault)];
        var (results, text) = (new List<Result<StationInfo>>(stationNos.Count), reason!.Trim());
        try
        {
            foreach (var stationNo in stationNos) results.Add(await RetireOneAsync(stationNo, text, evenWithData, actor, ct));
        }
        finally
        {
            // Committed: the listener must know, also when the asker is gone or one of them failed.
            await directory.LoadAsync(CancellationToken.None);
            foreach (var station in results.Where(result => result.IsOk)) await SettleAsync(station.Value, text, actor);
        }

        return results;
    }

    public async Task<Result<StationInfo>> ReinstateAsync(int stationNo, string? reason, Actor actor, CancellationToken ct)
    {
        if (Fault(reason) is { } fault) return fault;
        try
        {
            return await database.WriteWithSecondLookAsync((db, token) => ReinstateAsync(db, stationNo, reason!.Trim(), actor, token), ct);
        }
        finally
        {
            await directory.LoadAsync(CancellationToken.None);
        }
    }

    /// <summary>What is wrong with a reason; null when nothing is.</summary>
    public static Refusal? Fault(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? new("station.reason-missing", "reason")
        : InputText.Fault(reason, IStationRetirement.LongestReason) is not null ? new("station.reason-invalid", "reason", $"1-{IStationRetirement.LongestReason}")
        : null;

    private async Task<Result<StationInfo>> RetireOneAsync(int stationNo, string reason, bool evenWithData, Actor actor, CancellationToken ct)
    {
        var hasData = await kept.AnyAsync(stationNo, ct);
        if (hasData && !evenWithData) return new Refusal("station.heard");
        try
        {
            return await database.WriteWithSecondLookAsync((db, token) => RetireAsync(db, stationNo, reason, hasData, actor, token), ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("station.changed-meanwhile"); // people are at work there: twice somebody was faster
        }
    }

    private async Task<Result<StationInfo>> RetireAsync(QingyuanDb db, int stationNo, string reason, bool hasData, Actor actor, CancellationToken ct)
    {
        if (await db.Set<StationRow>().SingleOrDefaultAsync(row => row.StationNo == stationNo, ct) is not { } station) return new Refusal("station.not-found", stationNo);
        if (station.RetiredAt is { } gone) return station.ToInfo((await db.Set<StationMnRow>().SingleAsync(row => row.StationNo == stationNo && row.Until == gone, ct)).Mn);
        foreach (var duty in duties)
            if (await duty.HindranceAsync(db, stationNo, ct) is { } hindrance) return hindrance;
        var now = clock.GetUtcNow();
        var current = await db.Set<StationMnRow>().SingleAsync(row => row.StationNo == stationNo && row.Until == null, ct);
        (current.Until, station.RetiredAt, station.RetiredBecause, station.HasData) = (now, now, reason, hasData);
        await EndAsync(db, stationNo, reason, actor, ct);
        Record(db, "station.retire", station, current.Mn, reason, actor, now);
        return station.ToInfo(current.Mn);
    }

    /// <summary>Between the commit and the directory's next word something may have been opened anew, or have come.</summary>
    private async Task SettleAsync(StationInfo station, string reason, Actor actor)
    {
        var came = await kept.CameLastAsync(station, CancellationToken.None);
        await database.WriteWithSecondLookAsync(
            async (db, token) =>
            {
                if (came) await db.Set<StationRow>().Where(row => row.StationNo == station.StationNo).ExecuteUpdateAsync(set => set.SetProperty(row => row.HasData, true), token);
                return await EndAsync(db, station.StationNo, reason, actor, token);
            },
            CancellationToken.None);
    }

    private async Task<Result<StationInfo>> ReinstateAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct)
    {
        if (await db.Set<StationRow>().SingleOrDefaultAsync(row => row.StationNo == stationNo, ct) is not { } station) return new Refusal("station.not-found", stationNo);
        var last = await db.Set<StationMnRow>().SingleAsync(row => row.StationNo == stationNo && row.Until == station.RetiredAt, ct);
        if (station.RetiredAt is null) return station.ToInfo(last.Mn);
        if (await db.Set<StationMnRow>().SingleOrDefaultAsync(row => row.Mn == last.Mn && row.Until == null, ct) is { } holder)
            return new Refusal("station.mn-taken", last.Mn, (await db.Set<StationRow>().SingleAsync(row => row.StationNo == holder.StationNo, ct)).Name);
        var now = clock.GetUtcNow();
        db.Add(new StationMnRow { StationNo = stationNo, Mn = last.Mn, From = now });
        (station.RetiredAt, station.RetiredBecause, station.ReinstatedAt) = (null, null, now);
        Record(db, "station.reinstate", station, last.Mn, reason, actor, now);
        return station.ToInfo(last.Mn);
    }

    // One sees what the other wrote.
    private async Task<bool> EndAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct)
    {
        foreach (var duty in duties)
        {
            await duty.EndAsync(db, stationNo, reason, actor, ct);
            await db.SaveChangesAsync(ct);
        }

        return true;
    }

    private void Record(QingyuanDb db, string kind, StationRow station, string mn, string reason, Actor actor, DateTimeOffset now)
    {
        var body = new JsonObject { ["mn"] = mn, ["name"] = station.Name, ["reason"] = reason };
        if (station.ImportId is { } import) body["import"] = import.ToString();
        ledger.Record(db, new(kind, $"station:{mn}", station.StationNo, null, actor, now, body));
    }
}
