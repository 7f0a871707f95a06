using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Retention;

internal static class RetentionEndpoints
{
    public sealed record RuleJson(string Class, string Name, int? Months, DateTimeOffset? ChangedAt, string? ChangedBy, string? Reason);

    public sealed record RuleBody(int? Months, string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/retention").WithTags("retention").RequireAuthorization(Policies.ManageSystem);
        rules.MapGet("/", ListAsync).WithSummary("How long each class of data is kept at least");
        rules.MapPut("/{dataClass}", PutAsync).WithSummary("Change that time; never under two years");
    }

    private static async Task<Ok<IReadOnlyList<RuleJson>>> ListAsync(IRetention retention, CancellationToken ct) => TypedResults.Ok<IReadOnlyList<RuleJson>>([.. (await retention.ListAsync(ct)).Select(Json)]);

    private static async Task<Results<Ok<RuleJson>, ProblemHttpResult>> PutAsync(string dataClass, RuleBody body, IRetention retention, ICurrentActor current, CancellationToken ct)
    {
        if (Enum.GetValues<DataClass>().Where(kind => AlarmTexts.Code(kind) == dataClass).Select(kind => (DataClass?)kind).FirstOrDefault() is not { } known) return Problems.NotFound("retention.no-such-class");
        if (body.Months is not { } months) return Problems.Field("months", "missing");
        return (await retention.PutAsync(known, months, body.Reason, current.Actor, ct)).TryGet(out var rule, out var refusal) ? TypedResults.Ok(Json(rule)) : Problems.From(refusal);
    }

    private static RuleJson Json(RetentionRule rule) => new(AlarmTexts.Code(rule.Class), RetentionTexts.Class(rule.Class), rule.Months, rule.ChangedAt?.ToOffset(StationClock.Offset), rule.ChangedBy, rule.Reason);
}
