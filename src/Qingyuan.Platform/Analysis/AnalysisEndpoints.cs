using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Export;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Analysis;

internal static class AnalysisEndpoints
{
    public sealed record StationJson(string Mn, string Name, string? Industry, string Unit, decimal? Limit, int Over, Distribution Spread);

    /// <param name="From">What a relative period came to.</param>
    public sealed record OverviewJson(
        string Query, DateTimeOffset From, DateTimeOffset To, Distribution? Spread, IReadOnlyList<Bar> Histogram, IReadOnlyList<StationJson> Stations, IReadOnlyList<IndustrySpread> Industries, IReadOnlyList<DayCell> Days, IReadOnlyList<HourSpread> Profile,
        IReadOnlyDictionary<string, int> Marks, int Unreadable);

    public sealed record RowJson(string Mn, DateTimeOffset Time, string Text, string? Mark, string? Verdict, bool Over, string? Frame);

    public sealed record ViewJson(string Name, string Query, bool Shared, string Owner, DateTimeOffset ChangedAt);

    /// <summary>What who manages the platform sees of a view: not what it asks, which is business.</summary>
    public sealed record SharedViewJson(Guid Id, string Name, string Owner, DateTimeOffset ChangedAt);

    public sealed record ViewBody(string? Query, bool Shared);

    public static void Map(IEndpointRouteBuilder api)
    {
        var analysis = api.MapGroup("/analysis").WithTags("analysis").RequireAuthorization(Policies.ReadBusiness);
        analysis.MapGet("/overview", OverviewAsync).WithSummary("How the values that fit are spread: all, by station, by industry, by day, by hour of the day");
        analysis.MapGet("/correlation", CorrelationAsync).WithSummary("The values that fit beside those of another factor at the same times");
        analysis.MapGet("/factors", FactorsAsync).WithSummary("The factor and those of beside (codes with commas between) at its stations, asked the same: how each is spread, how it goes along");
        analysis.MapGet("/rows", RowsAsync).WithSummary("The values themselves; format csv, xlsx or parquet gives a file");
        analysis.MapGet("/views", ViewsAsync).WithSummary("Kept questions: the caller's own and the shared ones");
        analysis.MapPut("/views/{name}", PutViewAsync).WithSummary("Keep a question under a name");
        analysis.MapDelete("/views/{name}", RemoveViewAsync).WithSummary("Remove one of the caller's own");
        var shared = api.MapGroup("/analysis/shared-views").WithTags("analysis").RequireAuthorization(Policies.ManageSystem);
        shared.MapGet("/", SharedViewsAsync).WithSummary("Shared questions of all persons, without what they ask");
        shared.MapDelete("/{id:guid}", RemoveSharedViewAsync).WithSummary("Remove a shared question, whoever's it is");
    }

    private static async Task<Results<Ok<OverviewJson>, ProblemHttpResult>> OverviewAsync([AsParameters] AnalysisText asked, IAnalysis analysis, ICurrentActor current, TimeProvider clock, CancellationToken ct)
    {
        if (!asked.Understand(clock.GetUtcNow()).TryGet(out var query, out var wrong)) return Problems.From(wrong);
        if (!(await analysis.OverviewAsync(query, current.StationScope, ct)).TryGet(out var found, out var refusal)) return Problems.From(refusal);
        return TypedResults.Ok(new OverviewJson(
            asked.ToString(), StationClock.Instant(query.From), StationClock.Instant(query.To), found.Spread, found.Histogram, [.. found.Stations.Select(each => new StationJson(each.Station.Mn, each.Station.Name, each.Station.Industry, each.Unit, each.Limit, each.Over, each.Spread))],
            found.Industries, found.Days, found.Profile, found.Marks, found.Unreadable));
    }

    private static async Task<Results<Ok<AnalysisCorrelation>, ProblemHttpResult>> CorrelationAsync([AsParameters] AnalysisText asked, string? other, IAnalysis analysis, ICurrentActor current, TimeProvider clock, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(other)) return Problems.Field("other", Faults.Missing);
        if (!asked.Understand(clock.GetUtcNow()).TryGet(out var query, out var wrong)) return Problems.From(wrong);
        return (await analysis.CorrelationAsync(query, other, current.StationScope, ct)).TryGet(out var found, out var refusal) ? TypedResults.Ok(found) : Problems.From(refusal);
    }

    private static async Task<Results<Ok<IReadOnlyList<FactorSpread>>, ProblemHttpResult>> FactorsAsync([AsParameters] AnalysisText asked, string? beside, IAnalysis analysis, ICurrentActor current, TimeProvider clock, CancellationToken ct)
    {
        if (!asked.Understand(clock.GetUtcNow()).TryGet(out var query, out var wrong)) return Problems.From(wrong);
        return (await analysis.FactorsAsync(query, Comparison.Codes(beside), current.StationScope, ct)).TryGet(out var found, out var refusal) ? TypedResults.Ok(found) : Problems.From(refusal);
    }

    private static async Task<Results<Ok<IReadOnlyList<RowJson>>, FileStreamHttpResult, ProblemHttpResult>> RowsAsync(
        [AsParameters] AnalysisText asked, string? format, IAnalysis analysis, RowExport export, ICurrentActor current, TimeProvider clock, CancellationToken ct)
    {
        if (format is not (null or "json") && RowExport.Kind(format) is null) return Problems.Field("format", Faults.OneOf("json", "csv", "xlsx", "parquet"));
        if (!asked.Understand(clock.GetUtcNow()).TryGet(out var query, out var wrong)) return Problems.From(wrong);
        if (RowExport.Kind(format) is var (type, ending))
        {
            if (!(await export.WriteAsync(query, ending, current, ct)).TryGet(out var file, out var refused)) return Problems.From(refused);
            return TypedResults.File(file, type, $"qingyuan-{query.Factor}-{query.From:yyyyMMdd}.{ending}");
        }

        if (!(await analysis.RowsAsync(query, current.StationScope, ct)).TryGet(out var rows, out var refusal)) return Problems.From(refusal);
        return TypedResults.Ok<IReadOnlyList<RowJson>>([.. rows.Select(row => new RowJson(row.Station.Mn, StationClock.Instant(row.At), row.Text, row.Mark, row.Verdict, row.Over, row.Frame?.ToString()))]);
    }

    private static async Task<Ok<IReadOnlyList<ViewJson>>> ViewsAsync(IAnalysisViews views, ICurrentActor current, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<ViewJson>>([.. (await views.ListAsync(current.Actor, ct)).Select(Json)]);

    private static async Task<Results<Ok<ViewJson>, ProblemHttpResult>> PutViewAsync(string name, ViewBody body, IAnalysisViews views, ICurrentActor current, CancellationToken ct) =>
        (await views.PutAsync(name, body.Query ?? "", body.Shared, current.Actor, ct)).TryGet(out var view, out var refusal) ? TypedResults.Ok(Json(view)) : Problems.From(refusal);

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveViewAsync(string name, IAnalysisViews views, ICurrentActor current, CancellationToken ct) =>
        await views.RemoveAsync(name, current.Actor, ct) ? TypedResults.NoContent() : Problems.NotFound("analysis.no-such-view");

    private static async Task<Ok<IReadOnlyList<SharedViewJson>>> SharedViewsAsync(IAnalysisViews views, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<SharedViewJson>>([.. (await views.SharedAsync(ct)).Select(view => new SharedViewJson(view.Id, view.Name, view.Owner, view.ChangedAt.ToOffset(StationClock.Offset)))]);

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveSharedViewAsync(Guid id, IAnalysisViews views, ICurrentActor current, CancellationToken ct) =>
        await views.RemoveSharedAsync(id, current.Actor, ct) ? TypedResults.NoContent() : Problems.NotFound("analysis.no-such-view");

    private static ViewJson Json(AnalysisView view) => new(view.Name, view.Query, view.Shared, view.Owner, view.ChangedAt.ToOffset(StationClock.Offset));
}
