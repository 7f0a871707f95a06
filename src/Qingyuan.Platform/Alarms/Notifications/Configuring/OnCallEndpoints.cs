using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

internal static class OnCallEndpoints
{
    public sealed record WayBody(string? Channel, string? Address);

    public sealed record PersonBody(string? Name, string? Language, IReadOnlyList<WayBody?>? Ways);

    public sealed record PlanBody(int? ReceiptMinutes, int? Rounds, IReadOnlyList<PersonBody?>? People);

    public static void Map(IEndpointRouteBuilder api)
    {
        var plan = api.MapGroup("/on-call").WithTags("notifications");
        plan.MapGet("/", GetAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Whom the platform calls, in order");
        plan.MapPut("/", PutAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Replace the on-call order");
    }

    private static async Task<Ok<OnCallPlan>> GetAsync(IDatabase database, CancellationToken ct)
    {
        await using var db = database.Read();
        return TypedResults.Ok(OnCallPlan.From(await db.Set<OnCallRow>().Select(row => row.Plan).SingleOrDefaultAsync(ct)));
    }

    private static async Task<Results<Ok<OnCallPlan>, ProblemHttpResult>> PutAsync(
        PlanBody body, IDatabase database, SettingsRecorder recorder, ICurrentActor current, CancellationToken ct) =>
        await database.WriteAsync<Results<Ok<OnCallPlan>, ProblemHttpResult>>(
            async (db, token) =>
            {
                var known = await db.Set<ChannelRow>().Select(row => row.Name).ToListAsync(token);
                if (FirstFault(body, known) is (var field, var why)) return Problems.Field(field, why);
                var plan = Plan(body);
                if (await db.Set<OnCallRow>().SingleOrDefaultAsync(token) is { } row) row.Plan = plan.ToJson();
                else db.Add(new OnCallRow { Plan = plan.ToJson() });
                recorder.Record(db, "on-call", "order", current.Actor, new JsonObject { ["plan"] = plan.ToJson() });
                return TypedResults.Ok(plan);
            },
            ct);

    private static (string Field, string Why)? FirstFault(PlanBody body, List<string> channels)
    {
        if (body.ReceiptMinutes is < 1 or > 1440) return ("receiptMinutes", "1 to 1440");
        if (body.Rounds is < 1 or > 10) return ("rounds", "1 to 10");
        var people = body.People ?? [];
        for (var at = 0; at < people.Count; at++)
        {
            if (people[at] is not { } person) return ($"people[{at}]", "a person");
            if (PersonFault(person, channels) is (var field, var why)) return ($"people[{at}].{field}", why);
        }

        var twice = people.GroupBy(person => person!.Name).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? null : ("people", $"{twice.Key} stands there twice");
    }

    private static (string Field, string Why)? PersonFault(PersonBody person, List<string> channels)
    {
        if (string.IsNullOrWhiteSpace(person.Name) || InputText.Fault(person.Name, 64) is not null) return ("name", "a plain name of at most 64 characters");
        if (person.Language is not (null or "zh" or "en")) return ("language", "zh or en");
        if (person.Ways is not { Count: > 0 } ways) return ("ways", "at least one way to reach the person");
        if (ways.Any(way => way is null)) return ("ways", "no way may be null");
        if (ways.FirstOrDefault(way => way!.Channel is null || !channels.Contains(way.Channel)) is { } unknown) return ("ways", $"no channel {unknown.Channel}");
        return ways.Any(way => InputText.Fault(way!.Address, 256) is not null) ? ("ways", "an address is not a plain text") : null;
    }

    private static OnCallPlan Plan(PlanBody body) => new(
        body.ReceiptMinutes ?? OnCallPlan.Nobody.ReceiptMinutes,
        body.Rounds ?? OnCallPlan.Nobody.Rounds,
        [.. (body.People ?? []).Select(person => new OnCallPerson(person!.Name!, person.Language ?? "zh", [.. person.Ways!.Select(way => new OnCallWay(way!.Channel!, way.Address ?? ""))]))]);
}
