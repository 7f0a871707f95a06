using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis;

internal static class SqlEndpoints
{
    /// <param name="Fresh">Write anew although there are files.</param>
    public sealed record DataSetBody(string? Query, bool Fresh = false);

    public sealed record DataSetJson(Guid Id, string Query, int Stations, long Values, int Unreadable, DateTimeOffset PreparedAt, DateTimeOffset ExpiresAt);

    /// <param name="DataSet">One that was prepared; or <paramref name="Query"/> prepares it, or takes the one there is.</param>
    /// <param name="Fresh">With <paramref name="Query"/>: write it anew although there is one.</param>
    public sealed record SqlBody(Guid? DataSet, string? Query, string? Sql, bool Fresh = false);

    /// <param name="PreparedAt">When the data set was prepared: nothing that came later is in the answer.</param>
    /// <param name="Note">Says so where something of <paramref name="Rows"/> is left out; else null.</param>
    public sealed record AnswerJson(
        Guid Id, Guid DataSet, IReadOnlyList<SqlColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, long Count, string? Cut, long Milliseconds, DateTimeOffset PreparedAt, string? Note);

    public sealed record RunJson(DateTimeOffset At, string Sql, string Query, string Outcome, long Rows, long Milliseconds);

    public static void Map(IEndpointRouteBuilder api)
    {
        var sql = api.MapGroup("/analysis/sql").WithTags("analysis").RequireAuthorization(Policies.ReadBusiness);
        sql.MapPost("/data-sets", PrepareAsync).WithSummary("Write what fits the question, for factors separated by commas, as files for SQL");
        sql.MapPost("/", RunAsync).WithSummary("Run one SELECT over a data set; the first 500 rows");
        sql.MapGet("/answers/{id:guid}", ExportAsync).WithSummary("All rows of an answer as csv, xlsx or parquet");
        sql.MapGet("/views", Views).WithSummary("Views of every data set and their columns");
        sql.MapGet("/history", HistoryAsync).WithSummary("The caller's own last statements");
    }

    private static async Task<Results<Ok<DataSetJson>, ProblemHttpResult>> PrepareAsync(DataSetBody body, ISqlWorkbench workbench, ICurrentActor current, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(body.Query)) return Problems.Field("query", Faults.Missing);
        return (await workbench.PrepareAsync(AnalysisText.Parse(body.Query), body.Fresh, current, ct)).TryGet(out var set, out var refusal) ? TypedResults.Ok(Json(set)) : Refuse(refusal);
    }

    private static async Task<Results<Ok<AnswerJson>, ProblemHttpResult>> RunAsync(SqlBody body, ISqlWorkbench workbench, ICurrentActor current, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(body.Sql)) return Refuse(new("sql.statement-missing", "sql"));
        if (body.DataSet is null && string.IsNullOrEmpty(body.Query)) return Problems.Field("query", Faults.Missing);
        if (body.DataSet is not { } set)
        {
            if (!(await workbench.PrepareAsync(AnalysisText.Parse(body.Query!), body.Fresh, current, ct)).TryGet(out var prepared, out var wrong)) return Refuse(wrong);
            set = prepared.Id;
        }

        if (!(await workbench.RunAsync(set, body.Sql, current, ct)).TryGet(out var answer, out var refusal)) return Refuse(refusal);
        return TypedResults.Ok(new AnswerJson(
            answer.Id, set, answer.Columns, answer.Rows, answer.Count, answer.Cut, answer.Milliseconds, answer.PreparedAt.ToOffset(StationClock.Offset), answer.Shortened ? AnalysisTexts.Shortened() : null));
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ExportAsync(Guid id, string? format, ISqlWorkbench workbench, ICurrentActor current, CancellationToken ct) =>
        (await workbench.ExportAsync(id, format ?? "csv", current, ct)).TryGet(out var file, out var refusal) ? TypedResults.File(file.Content, file.Type, file.Name) : Refuse(refusal);

    private static Ok<IReadOnlyList<SqlView>> Views(ISqlWorkbench workbench) => TypedResults.Ok(workbench.Views);

    private static async Task<Ok<IReadOnlyList<RunJson>>> HistoryAsync(ISqlWorkbench workbench, ICurrentActor current, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<RunJson>>([.. (await workbench.HistoryAsync(current, ct)).Select(run => new RunJson(run.At.ToOffset(StationClock.Offset), run.Sql, run.Query, run.Outcome, run.Rows, run.Milliseconds))]);

    private static DataSetJson Json(SqlDataSet set) =>
        new(set.Id, set.Query, set.Stations, set.Values, set.Unreadable, set.PreparedAt.ToOffset(StationClock.Offset), set.ExpiresAt.ToOffset(StationClock.Offset));

    private static ProblemHttpResult Refuse(Refusal refusal) => refusal.Code switch
    {
        "sql.no-such-data-set" or "sql.no-such-answer" => Problems.NotFound(refusal.Code),
        "sql.unavailable" => Problems.From(refusal, status: StatusCodes.Status503ServiceUnavailable),
        "sql.busy" => Problems.From(refusal, status: StatusCodes.Status429TooManyRequests),
        _ => Problems.From(refusal),
    };
}
