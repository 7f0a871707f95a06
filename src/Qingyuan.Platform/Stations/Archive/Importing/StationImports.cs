using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Stations.Archive.Retiring;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive.Importing;

/// <summary>Keeps which station came from which table, and takes a table back.</summary>
internal sealed class StationImports(IDatabase database, IElectronicLedger ledger, StationRetirement retirement, IEnumerable<Sentences> slices, TimeProvider clock) : IStationImports
{
    private const int MostListed = 50;

    /// <summary>MNs in one entry, which has a largest length; each station's own entry names its import.</summary>
    private const int MostNamed = 200;

    /// <summary>Writes down what is about to be filed. Each station's own entry names the import: what of it was filed is known also when the filing is cut off.</summary>
    public Task<Guid> BeginAsync(StationTableReview review, IReadOnlyList<StationDraft> drafts, Actor actor, CancellationToken ct) => database.WriteAsync((db, _) =>
    {
        var now = clock.GetUtcNow();
        var import = new StationImportRow { Id = Guid.CreateVersion7(now), FileName = review.FileName, Sha256 = review.Sha256, Rows = review.Rows.Count, FiledBy = actor.Id, FiledAt = now };
        db.Add(import);
        Record(db, "station.import", import, actor, now, new() { ["rows"] = Text(review.Rows.Count), ["toFile"] = Text(drafts.Count), ["mns"] = Texts(drafts.Select(draft => draft.Mn)) });
        return Task.FromResult(import.Id);
    }, ct);

    public async Task<IReadOnlyList<StationImportView>> ListAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await ViewsAsync(db, db.Set<StationImportRow>().OrderByDescending(row => row.Id).Take(MostListed), ct);
    }

    public async Task<Result<StationImportUndone>> UndoAsync(Guid id, string? reason, Actor actor, CancellationToken ct)
    {
        if (StationRetirement.Fault(reason) is { } fault) return fault;
        await using var db = database.Read();
        if ((await ViewsAsync(db, db.Set<StationImportRow>().Where(row => row.Id == id), ct)).SingleOrDefault() is not { } import) return new Refusal("station-import.not-found");
        var members = await MembersAsync(db, id, ct);
        if (members.Count is 0) return new Refusal("station-import.nothing-left");
        var gone = await retirement.RetireAllAsync([.. members.Select(member => member.StationNo)], reason, evenWithData: false, actor, ct);
        List<StationUndone> stations = [.. members.Zip(gone, (member, result) => new StationUndone(member.Mn, member.Name, result.TryGet(out _, out var kept) ? null : kept))];
        return new StationImportUndone(stations.Exists(station => station.Kept is null) ? await EndAsync(id, stations, reason!.Trim(), actor) : import, stations);
    }

    public string? Why(StationUndone station)
    {
        ArgumentNullException.ThrowIfNull(station);
        // A station may be held by any slice.
        return station.Kept is { } kept ? slices.Select(slice => slice.Find(kept)).FirstOrDefault(text => text is not null) ?? kept.Code : null;
    }

    /// <summary>Stations of the import that are in use.</summary>
    private static Task<List<Member>> MembersAsync(QingyuanDb db, Guid id, CancellationToken ct) => db.Set<StationRow>().Where(row => row.ImportId == id && row.RetiredAt == null).OrderBy(row => row.StationNo)
        .Join(db.Set<StationMnRow>().Where(mn => mn.Until == null), row => row.StationNo, mn => mn.StationNo, (row, mn) => new Member(row.StationNo, mn.Mn, row.Name)).ToListAsync(ct);

    // The stations are gone by now: this is written also when the asker is.
    private Task<StationImportView> EndAsync(Guid id, List<StationUndone> stations, string reason, Actor actor) => database.WriteAsync(async (db, token) =>
    {
        var now = clock.GetUtcNow();
        var import = await db.Set<StationImportRow>().SingleAsync(row => row.Id == id, token);
        (import.UndoneAt, import.UndoneBecause) = (now, reason);
        Record(db, "station.import-undo", import, actor, now, new()
        {
            ["reason"] = reason, ["retiredCount"] = Text(stations.Count(station => station.Kept is null)), ["keptCount"] = Text(stations.Count(station => station.Kept is not null)),
            ["retired"] = Texts(stations.Where(station => station.Kept is null).Select(station => station.Mn)), ["kept"] = Texts(stations.Where(station => station.Kept is not null).Select(station => station.Mn)),
        });
        await db.SaveChangesAsync(token);
        return (await ViewsAsync(db, db.Set<StationImportRow>().Where(row => row.Id == id), token))[0];
    }, CancellationToken.None);

    private static async Task<List<StationImportView>> ViewsAsync(QingyuanDb db, IQueryable<StationImportRow> imports, CancellationToken ct) => await imports
        .Select(row => new StationImportView(
            row.Id, row.FileName, row.Sha256, row.Rows, db.Set<StationRow>().Count(station => station.ImportId == row.Id), db.Set<StationRow>().Count(station => station.ImportId == row.Id && station.RetiredAt == null),
            row.FiledBy, row.FiledAt, row.UndoneAt, row.UndoneBecause)).ToListAsync(ct);

    private void Record(QingyuanDb db, string kind, StationImportRow import, Actor actor, DateTimeOffset now, JsonObject body)
    {
        (body["import"], body["file"], body["sha256"]) = (import.Id.ToString(), import.FileName, import.Sha256);
        ledger.Record(db, new(kind, $"file:{import.Sha256}", null, null, actor, now, body));
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Take(MostNamed).Select(text => (JsonNode?)text)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Member(int StationNo, string Mn, string Name);
}
