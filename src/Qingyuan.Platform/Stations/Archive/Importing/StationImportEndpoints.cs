using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive.Importing;

internal static class StationImportEndpoints
{
    /// <summary>A little over the largest file, for what multipart adds; beyond it the server does not read on.</summary>
    private const long LargestBody = IStationTable.LargestFile + (1 << 20);

    public sealed record RowJson(int Row, string Mn, string Name, StationRowState State, string? Column, string? Code, string? Reason);

    public sealed record ReviewJson(string File, string Sha256, int New, int Filed, int Refused, IReadOnlyList<string> Ignored, IReadOnlyList<RowJson> Rows);

    public sealed record UndoneStationJson(string Mn, string Name, bool Retired, string? Code, string? Reason);

    public sealed record UndoneJson(StationImportView Import, IReadOnlyList<UndoneStationJson> Stations);

    public static void Map(RouteGroupBuilder stations)
    {
        var import = stations.MapGroup("/import").RequireAuthorization(Policies.ManageStations);
        import.MapPost("/", ImportAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .WithSummary("File the stations of a table: form field file, xlsx or csv. With preview=true nothing is filed; every row says what becomes of it");
        import.MapGet("/", ListAsync).WithSummary("The newest tables that were filed, with how many of their stations are in use");
        import.MapPost("/{id:guid}/undo", UndoAsync).WithSummary("Take the stations of a table out of use again that were never heard; each says what became of it");
        import.MapGet("/template", Template).WithSummary("An empty table with the headings; format csv or xlsx");
    }

    private static async Task<Results<Ok<ReviewJson>, ProblemHttpResult>> ImportAsync(HttpRequest request, bool? preview, IStationTable table, ICurrentActor current, CancellationToken ct)
    {
        var (form, problem) = await UploadForm.ReadAsync(request, ct);
        if (form is null) return problem!;
        if (form.Files.GetFile("file") is not { } file) return Problems.Field("file", Faults.Missing);
        await using var content = file.OpenReadStream();
        if (!(await table.ReviewAsync(Path.GetFileName(file.FileName), content, ct)).TryGet(out var review, out var refusal))
            return Problems.From(refusal, status: refusal.Code is "import.too-large" ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest);
        // A caller who does not wait finds all of them filed later, each with its entry.
        return TypedResults.Ok(Json(table, preview is true ? review : await table.FileAsync(review, current.Actor, CancellationToken.None)));
    }

    private static async Task<Ok<IReadOnlyList<StationImportView>>> ListAsync(IStationImports imports, CancellationToken ct) => TypedResults.Ok(await imports.ListAsync(ct));

    private static async Task<Results<Ok<UndoneJson>, ProblemHttpResult>> UndoAsync(Guid id, ReasonBody body, IStationImports imports, ICurrentActor current, CancellationToken ct)
    {
        // To the end, also when the caller does not wait: half an undo would be harder to make out.
        if ((await imports.UndoAsync(id, body.Reason, current.Actor, CancellationToken.None)).TryGet(out var undone, out var refusal))
            return TypedResults.Ok(new UndoneJson(undone.Import, [.. undone.Stations.Select(station => new UndoneStationJson(station.Mn, station.Name, station.Kept is null, station.Kept?.Code, imports.Why(station)))]));
        return refusal.Code is "station-import.not-found" ? Problems.NotFound(refusal.Code) : Problems.From(refusal);
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Template(string? format, IStationTable table)
    {
        var ending = format ?? "xlsx";
        if (table.Template(ending) is not { } file) return Problems.Field("format", Faults.OneOf("csv", "xlsx"));
        return TypedResults.File(file, ending is "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"qingyuan-stations.{ending}");
    }

    private static ReviewJson Json(IStationTable table, StationTableReview review) => new(
        review.FileName, review.Sha256, review.Count(StationRowState.New), review.Count(StationRowState.Filed), review.Count(StationRowState.Refused), review.Ignored,
        [.. review.Rows.Select(row => new RowJson(row.Row, row.Mn, row.Name, row.State, row.Column, row.Fault?.Code, table.Why(row)))]);
}
