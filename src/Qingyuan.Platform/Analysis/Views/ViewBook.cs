using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Security.Contracts;
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

internal sealed class ViewBook(IDatabase database, TimeProvider clock) : IAnalysisViews
{
    public const int LongestName = 64;

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
        var text = AnalysisText.Parse(query ?? "");
        if (!text.Understand().TryGet(out _, out var refusal)) return refusal;
        var kept = await database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.Set<ViewRow>().SingleOrDefaultAsync(row => row.OwnerId == actor.Id && row.Name == named, token);
                if (row is null) db.Add(row = new() { Name = named, OwnerId = actor.Id, Query = "" });
                (row.Query, row.Shared, row.ChangedAt) = (text.ToString(), shared, clock.GetUtcNow());
                return row;
            },
            ct);
        return View(kept);
    }

    public Task<bool> RemoveAsync(string name, Actor actor, CancellationToken ct) => database.WriteAsync(
        async (db, token) => await db.Set<ViewRow>().Where(row => row.OwnerId == actor.Id && row.Name == name).ExecuteDeleteAsync(token) > 0, ct);

    private static AnalysisView View(ViewRow row) => new(row.Id, row.Name, row.Query, row.OwnerId, row.Shared, row.ChangedAt);
}
