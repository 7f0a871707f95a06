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

    public sealed record TierJson(int Months, DateTimeOffset? ChangedAt, string? ChangedBy, string? Reason);

    public sealed record RuleBody(int? Months, string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/retention").WithTags("retention");
        rules.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadRetention).WithSummary("How long each class of data is kept at least");
        rules.MapPut("/{dataClass}", PutAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Change that time; never under two years");
        rules.MapGet("/tiers/cold", ColdAsync).RequireAuthorization(Policies.ReadRetention).WithSummary("From which age on measured values lie in cold files");
        rules.MapPut("/tiers/cold", PutColdAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Change that age");
    }

    private static async Task<Ok<IReadOnlyList<RuleJson>>> ListAsync(IRetention retention, CancellationToken ct) => TypedResults.Ok<IReadOnlyList<RuleJson>>([.. (await retention.ListAsync(ct)).Select(Json)]);

    private static async Task<Results<Ok<RuleJson>, ProblemHttpResult>> PutAsync(string dataClass, RuleBody body, IRetention retention, ICurrentActor current, CancellationToken ct)
    {
        if (Enum.GetValues<DataClass>().Where(kind => AlarmTexts.Code(kind) == dataClass).Select(kind => (DataClass?)kind).FirstOrDefault() is not { } known) return Problems.NotFound("retention.no-such-class");
        if (body.Months is not { } months) return Problems.Field("months", Faults.Missing);
        return (await retention.PutAsync(known, months, body.Reason, current.Actor, ct)).TryGet(out var rule, out var refusal) ? TypedResults.Ok(Json(rule)) : Problems.From(refusal);
    }

    private static async Task<Ok<TierJson>> ColdAsync(ITiers tiers, CancellationToken ct) => TypedResults.Ok(Json(await tiers.ColdAsync(ct)));

    private static async Task<Results<Ok<TierJson>, ProblemHttpResult>> PutColdAsync(RuleBody body, ITiers tiers, ICurrentActor current, CancellationToken ct)
    {
        if (body.Months is not { } months) return Problems.Field("months", Faults.Missing);
        return (await tiers.PutColdAsync(months, body.Reason, current.Actor, ct)).TryGet(out var rule, out var refusal) ? TypedResults.Ok(Json(rule)) : Problems.From(refusal);
    }

    private static TierJson Json(TierRule rule) => new(rule.Months, rule.ChangedAt?.ToOffset(StationClock.Offset), rule.ChangedBy, rule.Reason);

    private static RuleJson Json(RetentionRule rule) => new(AlarmTexts.Code(rule.Class), RetentionTexts.Class(rule.Class), rule.Months, rule.ChangedAt?.ToOffset(StationClock.Offset), rule.ChangedBy, rule.Reason);
}
