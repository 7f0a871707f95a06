using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Evidence;

internal static class EvidenceEndpoints
{
    private const string NotFound = "ledger-entry.not-found";

    public sealed record CheckJson(string Name, string Title, bool Ok, string? Detail);

    public sealed record VerificationJson(bool Ok, IReadOnlyList<CheckJson> Checks);

    public static void Map(IEndpointRouteBuilder api)
    {
        var entries = api.MapGroup("/ledger-entries").WithTags("ledger").RequireAuthorization(Policies.ReadLedger);
        entries.MapGet("/", ListAsync).WithSummary("The electronic ledger, newest first, each entry with its evidence state");
        entries.MapGet("/{id:guid}", FindAsync).WithSummary("One entry");
        entries.MapGet("/{id:guid}/verification", VerifyAsync).WithSummary("Re-reads the entry from the log files and checks it");
        entries.MapGet("/{id:guid}/proof", ProofAsync).WithSummary("The proof bundle (zip), to be checked off line with qingyuan-verify");
    }

    private static async Task<Results<Ok<Page<LedgerEntryJson>>, ProblemHttpResult>> ListAsync(
        ILedgerReader ledger, ILedgerPlaces places, ICurrentActor current, string? subject, string? kind, string? from, string? to, int? limit, string? after,
        CancellationToken ct)
    {
        if (!QueryTime.TryParse(from, out var start)) return Problems.Field("from", Faults.Time);
        if (!QueryTime.TryParse(to, out var end)) return Problems.Field("to", Faults.Time);
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (after is not null && !Guid.TryParse(after, out _)) return Problems.Field("after", Faults.Page);
        var page = await ledger.ListAsync(new(subject, kind, null, start, end, limit ?? 50, after, current.StationScope), ct);
        return TypedResults.Ok(new Page<LedgerEntryJson>([.. page.Items.Select(entry => LedgerEntryJson.From(entry, places))], page.Next));
    }

    private static async Task<Results<Ok<LedgerEntryJson>, ProblemHttpResult>> FindAsync(
        Guid id, ILedgerReader ledger, ILedgerPlaces places, ICurrentActor current, CancellationToken ct) =>
        await VisibleAsync(id, ledger, current, ct) is { } entry ? TypedResults.Ok(LedgerEntryJson.From(entry, places)) : Problems.NotFound(NotFound);

    private static async Task<Results<Ok<VerificationJson>, ProblemHttpResult>> VerifyAsync(Guid id, ILedgerReader ledger, ICurrentActor current, CancellationToken ct)
    {
        if (await VisibleAsync(id, ledger, current, ct) is null) return Problems.NotFound(NotFound);
        var verification = await ledger.VerifyAsync(id, ct);
        return TypedResults.Ok(new VerificationJson(
            verification.Ok, [.. verification.Checks.Select(check => new CheckJson(check.Check, LedgerTexts.Check(check.Check), check.Ok, check.Detail))]));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ProofAsync(Guid id, ILedgerReader ledger, ICurrentActor current, CancellationToken ct)
    {
        if (await VisibleAsync(id, ledger, current, ct) is null) return Problems.NotFound(NotFound);
        return await ledger.BundleAsync(id, ct) is { } bundle
            ? TypedResults.File(bundle, "application/zip", $"ledger-entry-{id}.zip")
            : TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, type: "ledger-entry.not-logged", title: LedgerTexts.State(EvidenceState.Received));
    }

    private static async Task<LedgerEntryView?> VisibleAsync(Guid id, ILedgerReader ledger, ICurrentActor current, CancellationToken ct) =>
        await ledger.FindAsync(id, ct) is { } entry && (current.StationScope is not { } scope || (entry.StationNo is { } station && scope.Contains(station))) ? entry : null;
}
