using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

internal static class OnCallEndpoints
{
    public sealed record PlanBody(int? ReceiptMinutes, int? Rounds, IReadOnlyList<OnCallPersonDraft?>? People);

    public static void Map(IEndpointRouteBuilder api)
    {
        var plan = api.MapGroup("/on-call").WithTags("notifications");
        plan.MapGet("/", GetAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Whom the platform calls, in order");
        plan.MapPut("/", PutAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Replace the on-call order");
    }

    private static async Task<Ok<OnCallPlan>> GetAsync(INotificationDesk desk, CancellationToken ct) => TypedResults.Ok(await desk.OnCallAsync(ct));

    private static async Task<Results<Ok<OnCallPlan>, ProblemHttpResult>> PutAsync(PlanBody body, INotificationDesk desk, ICurrentActor current, CancellationToken ct) =>
        (await desk.SaveOnCallAsync(new(body.ReceiptMinutes, body.Rounds, body.People ?? []), current.Actor, ct)).TryGet(out var plan, out var refusal) ? TypedResults.Ok(plan) : Problems.From(refusal);
}
