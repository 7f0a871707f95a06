using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Views;

/// <summary>A kept question.</summary>
internal sealed class ViewRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    public required string OwnerId { get; init; }

    public required string Query { get; set; }

    public bool Shared { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class ViewBook(IDatabase database, IElectronicLedger ledger, TimeProvider clock) : IAnalysisViews
{
    public const int LongestName = 64;

    /// <summary>Characters of a question as it is kept; some 140 stations by name.</summary>
    public const int LongestQuery = 4_000;

    /// <summary>Views of one person.</summary>
    public const int MostViews = 200;

    public async Task<IReadOnlyList<AnalysisView>> ListAsync(Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = database.Read();
        var rows = await db.Set<ViewRow>().Where(row => row.OwnerId == actor.Id || row.Shared).OrderBy(row => row.Name).ToListAsync(ct);
        return [.. rows.Select(View)];
    }

    public async Task<Result<AnalysisView>> PutAsync(string name, string query, bool shared, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var named = (name ?? "").Trim();
        if (named.Length is 0 or > LongestName) return new Refusal("analysis.name-invalid", "name", LongestName);
        if (query?.Length > LongestQuery) return new Refusal("analysis.query-invalid", "query", LongestQuery);
        var text = AnalysisText.Parse(query ?? "");
        if (!text.Understand(clock.GetUtcNow()).TryGet(out _, out var refusal)) return refusal;
        var beside = Comparison.Parse(query ?? "");
        if (Comparison.Codes(beside.Beside).Count > IAnalysis.MostBeside) return new FieldFault("beside", Faults.AtMost(IAnalysis.MostBeside));
        var kept = $"{text}{beside}";
        if (kept.Length > LongestQuery) return new Refusal("analysis.query-invalid", "query", LongestQuery); // escaped it may be longer than it was said
        return await database.WriteAsync<Result<AnalysisView>>(
            async (db, token) =>
            {
                var own = db.Set<ViewRow>().Where(row => row.OwnerId == actor.Id);
                var row = await own.SingleOrDefaultAsync(row => row.Name == named, token);
                if (row is null && await own.CountAsync(token) >= MostViews) return new Refusal("analysis.too-many-views", MostViews);
                if (row is null) db.Add(row = new() { Name = named, OwnerId = actor.Id, Query = "" });
                (row.Query, row.Shared, row.ChangedAt) = (kept, shared, clock.GetUtcNow());
                return View(row);
            },
            ct);
    }

    public Task<bool> RemoveAsync(string name, Actor actor, CancellationToken ct) => database.WriteAsync(
        async (db, token) => await db.Set<ViewRow>().Where(row => row.OwnerId == actor.Id && row.Name == name).ExecuteDeleteAsync(token) > 0, ct);

    public async Task<IReadOnlyList<AnalysisView>> SharedAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<ViewRow>().Where(row => row.Shared).OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(ct);
        return [.. rows.Select(View)];
    }

    public Task<bool> RemoveSharedAsync(Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return database.WriteAsync(
            async (db, token) =>
            {
                if (await db.Set<ViewRow>().SingleOrDefaultAsync(row => row.Id == id && row.Shared, token) is not { } found) return false;
                db.Remove(found);
                ledger.Record(db, new("setting.analysis-view.remove", $"analysis-view:{id}", null, null, actor, clock.GetUtcNow(), new JsonObject { ["name"] = found.Name, ["owner"] = found.OwnerId, ["query"] = found.Query }));
                return true;
            },
            ct);
    }

    private static AnalysisView View(ViewRow row) => new(row.Id, row.Name, row.Query, row.OwnerId, row.Shared, row.ChangedAt);
}
