using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Importing;

internal static class ImportEndpoints
{
    /// <summary>A little over the largest file, for what multipart adds; beyond it the server does not read on.</summary>
    private const long LargestBody = IDataImports.LargestFile + (1 << 20);

    private static readonly Dictionary<string, ImportKind> Kinds = Enum.GetValues<ImportKind>().ToDictionary(AlarmTexts.Code, StringComparer.Ordinal);
    private static readonly Dictionary<string, RowRemark> Remarks = Enum.GetValues<RowRemark>().ToDictionary(AlarmTexts.Code, StringComparer.Ordinal);

    public sealed record PreviewJson(int Row, string Mn, string Station, string Factor, DateTime Time, string Value, string? Unit, string? Period, string? Remark);

    public sealed record ErrorJson(int Row, string? Column, string? Heading, string Remark, string Code, string Reason);

    public sealed record ImportJson(
        Guid Id, string Kind, string State, string File, long Length, string Sha256, int Rows, int Good, int Wrong, int Repeated, int Contradicting, IReadOnlyList<string> Ignored, string By, DateTimeOffset At,
        string? ConfirmedBy, DateTimeOffset? ConfirmedAt, string? EndedBy, DateTimeOffset? EndedAt, string? Reason);

    public sealed record ImportDetailJson(ImportJson Import, IReadOnlyList<PreviewJson> Preview, IReadOnlyList<ErrorJson> Errors, string? Next);

    public sealed record UndoBody(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("exchange").RequireAuthorization(Policies.ImportData);
        imports.MapPost("/", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .WithSummary("Look a file through: form fields kind (laboratory, history, frames) and file. A draft; nothing of it counts before it is confirmed");
        imports.MapGet("/", ListAsync).WithSummary("Imports, newest first");
        imports.MapGet("/{id:guid}", FindAsync).WithSummary("One import with what it would become, and what is wrong row by row; limit, after and remark page through that");
        imports.MapGet("/{id:guid}/file", FileAsync).WithSummary("The file as uploaded, byte for byte");
        imports.MapPost("/{id:guid}/confirm", ConfirmAsync).WithSummary("Take the good rows over");
        imports.MapPost("/{id:guid}/drop", DropAsync).WithSummary("Let a draft go");
        imports.MapPost("/{id:guid}/undo", UndoAsync).WithSummary("Take an import back as a whole, with a reason; its rows are kept and count no longer");
        imports.MapGet("/templates/{kind}", Template).WithSummary("An empty file with the headings; format csv or xlsx");
    }

    private static async Task<Results<Created<ImportJson>, ProblemHttpResult>> UploadAsync(HttpRequest request, IDataImports imports, ICurrentActor current, CancellationToken ct)
    {
        var (form, problem) = await UploadForm.ReadAsync(request, ct);
        if (form is null) return problem!;
        if (!Kinds.TryGetValue(form["kind"].ToString(), out var kind)) return Problems.Field("kind", Faults.OneOf(Kinds.Keys));
        if (form.Files.GetFile("file") is not { } file) return Problems.Field("file", Faults.Missing);
        await using var content = file.OpenReadStream();
        var made = await imports.PreviewAsync(kind, Path.GetFileName(file.FileName), content, current.Actor, ct);
        return made.TryGet(out var import, out var refusal) ? TypedResults.Created($"{ApiSetup.Root}/imports/{import.Id}", Json(import)) : Refuse(refusal);
    }

    private static async Task<Results<Ok<Page<ImportJson>>, ProblemHttpResult>> ListAsync(int? limit, string? after, IDataImports imports, CancellationToken ct)
    {
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (!IsPlace(after)) return Problems.Field("after", Faults.Page);
        var page = await imports.ListAsync(limit ?? 100, after, ct);
        return TypedResults.Ok(new Page<ImportJson>([.. page.Items.Select(Json)], page.Next));
    }

    private static async Task<Results<Ok<ImportDetailJson>, ProblemHttpResult>> FindAsync(Guid id, string? remark, int? limit, string? after, IDataImports imports, CancellationToken ct)
    {
        RowRemark? wanted = null;
        if (remark is not null)
        {
            if (!Remarks.TryGetValue(remark, out var known)) return Problems.Field("remark", Faults.OneOf(Remarks.Keys));
            wanted = known;
        }

        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (!IsPlace(after)) return Problems.Field("after", Faults.Page);
        if (await imports.FindAsync(id, ct) is not { } import) return Problems.NotFound("import.not-found");
        var notes = await imports.NotesAsync(id, wanted, limit ?? 100, after, ct);
        return TypedResults.Ok(new ImportDetailJson(Json(import), [.. import.Preview.Select(Json)], [.. notes.Items.Select(note => Json(import.Kind, note))], notes.Next));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(Guid id, IDataImports imports, CancellationToken ct) =>
        await imports.FileAsync(id, ct) is var (name, content) ? TypedResults.File(content, "application/octet-stream", name) : Problems.NotFound("import.not-found");

    // A million rows take minutes: a caller who does not wait that long finds the import confirmed later, not half stored.
    private static async Task<Results<Ok<ImportJson>, ProblemHttpResult>> ConfirmAsync(Guid id, IDataImports imports, ICurrentActor current) => Answer(await imports.ConfirmAsync(id, current.Actor, CancellationToken.None));

    private static async Task<Results<Ok<ImportJson>, ProblemHttpResult>> DropAsync(Guid id, IDataImports imports, ICurrentActor current, CancellationToken ct) => Answer(await imports.DropAsync(id, current.Actor, ct));

    private static async Task<Results<Ok<ImportJson>, ProblemHttpResult>> UndoAsync(Guid id, UndoBody body, IDataImports imports, ICurrentActor current, CancellationToken ct) =>
        Answer(await imports.UndoAsync(id, body.Reason ?? "", current.Actor, ct));

    private static Results<FileContentHttpResult, ProblemHttpResult> Template(string kind, string? format, IDataImports imports)
    {
        if (!Kinds.TryGetValue(kind, out var known)) return Problems.NotFound("import.no-template");
        if (format is not (null or "csv" or "xlsx")) return Problems.Field("format", Faults.OneOf("csv", "xlsx"));
        var ending = format ?? "xlsx";
        return imports.Template(known, ending) is { } file
            ? TypedResults.File(file, ending is "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"qingyuan-{kind}.{ending}")
            : Problems.NotFound("import.no-template");
    }

    private static bool IsPlace(string? after) => after is null || long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static Results<Ok<ImportJson>, ProblemHttpResult> Answer(Result<ImportView> result) => result.TryGet(out var import, out var refusal) ? TypedResults.Ok(Json(import)) : Refuse(refusal);

    private static ProblemHttpResult Refuse(Refusal refusal) => refusal.Code switch
    {
        "import.not-found" => Problems.NotFound(refusal.Code),
        "import.too-large" => Problems.From(refusal, status: StatusCodes.Status413PayloadTooLarge),
        "import.already-uploaded" or "import.already-done" or "import.disk-full" or "import.not-draft" or "import.not-confirmed" or "import.frames-stay" or "import.nothing-good" or "blob.not-kept" or "blob.missing" or "blob.damaged" => Problems.From(refusal),
        _ => Problems.From(refusal, status: StatusCodes.Status400BadRequest),
    };

    private static ImportJson Json(ImportView view) => new(
        view.Id, AlarmTexts.Code(view.Kind), AlarmTexts.Code(view.State), view.FileName, view.Length, view.Sha256, view.Rows, view.Good, view.Wrong, view.Repeated, view.Contradicting, view.Ignored, view.By,
        view.At, view.ConfirmedBy, view.ConfirmedAt, view.EndedBy, view.EndedAt, view.Reason);

    private static PreviewJson Json(RowPreview row) => new(
        row.Row, row.Mn, row.Station, row.Factor, row.At, row.Value, row.Unit, row.Period?.ToLowerInvariant(), row.Remark is { } remark ? AlarmTexts.Code(remark) : null);

    private static ErrorJson Json(ImportKind kind, RowNote note) => new(
        note.Row, note.Column, note.Column is { } column ? ExchangeTexts.Column(kind, column) : null, AlarmTexts.Code(note.Remark), note.Code, ExchangeTexts.Note(note));
}
