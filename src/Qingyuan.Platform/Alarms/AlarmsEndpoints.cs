using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms;

internal static class AlarmsEndpoints
{
    public sealed record AcknowledgeBody(string? Note);

    public sealed record ShelveBody(int? Minutes, string? Reason);

    public sealed record ClearBody(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        var alarms = api.MapGroup("/alarms").WithTags("alarms");
        alarms.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Alarms, newest first");
        alarms.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("One alarm");
        alarms.MapPost("/{id:guid}/acknowledge", AcknowledgeAsync).RequireAuthorization(Policies.HandleAlarms).WithSummary("Say \"seen, I have it\"; also the receipt that ends calling people");
        alarms.MapPost("/{id:guid}/shelve", ShelveAsync).RequireAuthorization(Policies.HandleAlarms).WithSummary("Hide for some minutes, with a reason");
        alarms.MapPost("/{id:guid}/clear", ClearAsync).RequireAuthorization(Policies.HandleAlarms).WithSummary("End by a person's word, with a reason");
    }

    private static async Task<Results<Ok<Page<AlarmJson>>, ProblemHttpResult>> ListAsync(
        IAlarmDesk desk, IStationDirectory stations, ICurrentActor current, string? mn, string? kind, bool? open, int? limit, string? after, CancellationToken ct)
    {
        AlarmKind? only = null;
        if (kind is not null)
        {
            if (!KindNames.TryGetValue(kind, out var named)) return Problems.Field("kind", Faults.OneOf(KindNames.Keys));
            only = named;
        }

        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (after is not null && !Guid.TryParse(after, out _)) return Problems.Field("after", Faults.Page);
        var station = mn is null ? null : stations.Find(mn);
        if (mn is not null && station is null) return TypedResults.Ok(new Page<AlarmJson>([], null));
        var page = await desk.ListAsync(new(station?.StationNo, open ?? false, only, limit ?? 100, after), current.StationScope, ct);
        return TypedResults.Ok(new Page<AlarmJson>([.. page.Items.Select(alarm => AlarmJson.From(alarm, stations))], page.Next));
    }

    private static async Task<Results<Ok<AlarmJson>, ProblemHttpResult>> FindAsync(
        Guid id, IAlarmDesk desk, IStationDirectory stations, ICurrentActor current, CancellationToken ct) =>
        await VisibleAsync(id, desk, current, ct) is { } alarm ? TypedResults.Ok(AlarmJson.From(alarm, stations)) : Problems.NotFound("alarm.not-found");

    private static async Task<Results<Ok<AlarmJson>, ProblemHttpResult>> AcknowledgeAsync(
        Guid id, AcknowledgeBody? body, IAlarmDesk desk, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (InputText.Fault(body?.Note) is { } fault) return Problems.Field("note", fault);
        if (await VisibleAsync(id, desk, current, ct) is null) return Problems.NotFound("alarm.not-found");
        return Answer(await desk.AcknowledgeAsync(id, body?.Note, current.Actor, ct), stations);
    }

    private static async Task<Results<Ok<AlarmJson>, ProblemHttpResult>> ShelveAsync(
        Guid id, ShelveBody body, IAlarmDesk desk, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (body.Minutes is not { } minutes) return Problems.Field("minutes", new Fault(AlarmTexts.All, "minutes"));
        if (InputText.Fault(body.Reason) is { } fault) return Problems.Field("reason", fault);
        if (await VisibleAsync(id, desk, current, ct) is null) return Problems.NotFound("alarm.not-found");
        return Answer(await desk.ShelveAsync(id, TimeSpan.FromMinutes(minutes), body.Reason ?? "", current.Actor, ct), stations);
    }

    private static async Task<Results<Ok<AlarmJson>, ProblemHttpResult>> ClearAsync(
        Guid id, ClearBody body, IAlarmDesk desk, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (InputText.Fault(body.Reason) is { } fault) return Problems.Field("reason", fault);
        if (await VisibleAsync(id, desk, current, ct) is null) return Problems.NotFound("alarm.not-found");
        return Answer(await desk.ClearAsync(id, body.Reason ?? "", current.Actor, ct), stations);
    }

    private static readonly Dictionary<string, AlarmKind> KindNames = Enum.GetValues<AlarmKind>().ToDictionary(AlarmTexts.Code, StringComparer.Ordinal);

    private static async Task<AlarmView?> VisibleAsync(Guid id, IAlarmDesk desk, ICurrentActor current, CancellationToken ct) =>
        await desk.FindAsync(id, ct) is { } alarm && (current.StationScope is not { } scope || scope.Contains(alarm.StationNo ?? AlarmRow.NoStation)) ? alarm : null;

    private static Results<Ok<AlarmJson>, ProblemHttpResult> Answer(Result<AlarmView> result, IStationDirectory stations) => result.TryGet(out var alarm, out var refusal)
        ? TypedResults.Ok(AlarmJson.From(alarm, stations))
        : Problems.From(refusal, AlarmTexts.All.Say("refusal." + refusal.Code, CultureInfo.CurrentUICulture));
}
