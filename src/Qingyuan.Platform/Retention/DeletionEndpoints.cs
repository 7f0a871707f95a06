using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention;

/// <summary>Deletions and holds.</summary>
internal static class DeletionEndpoints
{
    public sealed record PeriodBody(string? Class, string? From, string? To, string? Reason);

    public sealed record MonthJson(string Month, long Bytes, long Items, IReadOnlyList<ColdFile>? Files, IReadOnlyList<LogStretch>? Chain);

    public sealed record DeletionJson(
        Guid Id, string Class, string From, string To, string Reason, string State, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset LapsesAt, string? DecidedBy, DateTimeOffset? DecidedAt, DateTimeOffset? DoneAt, string? Why,
        IReadOnlyList<MonthJson> Months);

    public sealed record PreviewJson(string Class, string From, string To, IReadOnlyList<MonthSize> Months, long Bytes, long Items);

    public sealed record HoldJson(Guid Id, string Class, string From, string To, string Reason, string SetBy, DateTimeOffset SetAt, string? LiftedBy, DateTimeOffset? LiftedAt, string? LiftReason);

    public static void Map(IEndpointRouteBuilder api)
    {
        var deletions = api.MapGroup("/retention/deletions").WithTags("retention");
        deletions.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadRetention).WithSummary("Deletions, newest first");
        deletions.MapGet("/preview", LookAsync).RequireAuthorization(Policies.ReadRetention).WithSummary("What a deletion would take");
        deletions.MapPost("/", RequestAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Ask for a deletion after its term; a second person approves");
        deletions.MapPost("/{id:guid}/approve", ApproveAsync).RequireAuthorization(Policies.ApproveDeletions).WithSummary("Approve as the second person");
        deletions.MapPost("/{id:guid}/reject", RejectAsync).RequireAuthorization(Policies.ApproveDeletions).WithSummary("Say no");
        var holds = api.MapGroup("/retention/holds").WithTags("retention");
        holds.MapGet("/", HoldsAsync).RequireAuthorization(Policies.ReadRetention).WithSummary("Legal holds, newest first");
        holds.MapPost("/", HoldAsync).RequireAuthorization(Policies.HoldData).WithSummary("Hold a period: nothing of it is deleted");
        holds.MapPost("/{id:guid}/lift", LiftAsync).RequireAuthorization(Policies.HoldData).WithSummary("Lift a hold");
    }

    private static async Task<Ok<IReadOnlyList<DeletionJson>>> ListAsync(IDeletions deletions, CancellationToken ct) => TypedResults.Ok<IReadOnlyList<DeletionJson>>([.. (await deletions.ListAsync(ct)).Select(Json)]);

    private static async Task<Results<Ok<PreviewJson>, ProblemHttpResult>> LookAsync(string? @class, string? from, string? to, IDeletions deletions, CancellationToken ct)
    {
        if (Class(@class) is not { } known) return Problems.NotFound("retention.no-such-class");
        if (!(await deletions.LookAsync(known, from, to, ct)).TryGet(out var preview, out var refusal)) return Problems.From(refusal);
        return TypedResults.Ok(new PreviewJson(AlarmTexts.Code(preview.Class), preview.From, preview.To, preview.Months, preview.Months.Sum(month => month.Bytes), preview.Months.Sum(month => month.Items)));
    }

    private static async Task<Results<Ok<DeletionJson>, ProblemHttpResult>> RequestAsync(PeriodBody body, IDeletions deletions, ICurrentActor current, CancellationToken ct) =>
        Class(body.Class) is { } known ? Answer(await deletions.RequestAsync(known, body.From, body.To, body.Reason, current.Actor, ct)) : Problems.NotFound("retention.no-such-class");

    private static async Task<Results<Ok<DeletionJson>, ProblemHttpResult>> ApproveAsync(Guid id, IDeletions deletions, ICurrentActor current, CancellationToken ct) => Answer(await deletions.ApproveAsync(id, current.Actor, ct));

    private static async Task<Results<Ok<DeletionJson>, ProblemHttpResult>> RejectAsync(Guid id, ReasonBody body, IDeletions deletions, ICurrentActor current, CancellationToken ct) =>
        Answer(await deletions.RejectAsync(id, body.Reason, current.Actor, ct));

    private static async Task<Ok<IReadOnlyList<HoldJson>>> HoldsAsync(IDeletions deletions, CancellationToken ct) => TypedResults.Ok<IReadOnlyList<HoldJson>>([.. (await deletions.HoldsAsync(ct)).Select(Json)]);

    private static async Task<Results<Ok<HoldJson>, ProblemHttpResult>> HoldAsync(PeriodBody body, IDeletions deletions, ICurrentActor current, CancellationToken ct) =>
        Class(body.Class) is { } known ? Answer(await deletions.HoldAsync(known, body.From, body.To, body.Reason, current.Actor, ct)) : Problems.NotFound("retention.no-such-class");

    private static async Task<Results<Ok<HoldJson>, ProblemHttpResult>> LiftAsync(Guid id, ReasonBody body, IDeletions deletions, ICurrentActor current, CancellationToken ct) => Answer(await deletions.LiftAsync(id, body.Reason, current.Actor, ct));

    private static DataClass? Class(string? code) => Enum.GetValues<DataClass>().Where(kind => AlarmTexts.Code(kind) == code).Select(kind => (DataClass?)kind).FirstOrDefault();

    private static Results<Ok<DeletionJson>, ProblemHttpResult> Answer(Result<Deletion> result) => result.TryGet(out var deletion, out var refusal) ? TypedResults.Ok(Json(deletion)) : Refused(refusal);

    private static Results<Ok<HoldJson>, ProblemHttpResult> Answer(Result<Hold> result) => result.TryGet(out var hold, out var refusal) ? TypedResults.Ok(Json(hold)) : Refused(refusal);

    private static ProblemHttpResult Refused(Refusal refusal) => refusal.Code switch
    {
        "retention.no-such-deletion" or "retention.no-such-hold" => Problems.NotFound(refusal.Code),
        "retention.person-needed" or "retention.not-your-role" or "retention.same-person" => Problems.From(refusal, status: StatusCodes.Status403Forbidden),
        _ => Problems.From(refusal),
    };

    private static DeletionJson Json(Deletion deletion) => new(
        deletion.Id, AlarmTexts.Code(deletion.Class), deletion.From, deletion.To, deletion.Reason, AlarmTexts.Code(deletion.State), deletion.RequestedBy, Local(deletion.RequestedAt), Local(deletion.LapsesAt), deletion.DecidedBy,
        deletion.DecidedAt?.ToOffset(StationClock.Offset), deletion.DoneAt?.ToOffset(StationClock.Offset), deletion.Why,
        [.. deletion.Months.Select(month => new MonthJson(month.Month, month.Bytes, month.Items, month.Content?.Files, month.Content?.Stretches))]);

    private static HoldJson Json(Hold hold) => new(
        hold.Id, AlarmTexts.Code(hold.Class), hold.From, hold.To, hold.Reason, hold.SetBy, Local(hold.SetAt), hold.LiftedBy, hold.LiftedAt?.ToOffset(StationClock.Offset), hold.LiftReason);

    private static DateTimeOffset Local(DateTimeOffset instant) => instant.ToOffset(StationClock.Offset);
}
