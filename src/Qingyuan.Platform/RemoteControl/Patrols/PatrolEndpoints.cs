using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.RemoteControl.Patrols;

internal static class PatrolEndpoints
{
    /// <param name="DailyAt">Time of day; null ends the plan.</param>
    public sealed record PlanBody(string? DailyAt);

    public sealed record ItemJson(string Code, string Name, string Subject, string Found, bool Fine, Guid? Command);

    public sealed record PatrolJson(Guid Id, string AskedBy, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int Remarks, IReadOnlyList<ItemJson> Items, Guid? LedgerEntry)
    {
        public static PatrolJson Of(PatrolView view) => new(
            view.Id, view.AskedBy, view.StartedAt.ToOffset(StationClock.Offset), view.EndedAt?.ToOffset(StationClock.Offset), view.Remarks,
            [.. view.Items.Select(item => new ItemJson(item.Code, RemoteControlTexts.Patrol(item.Code), item.Subject, RemoteControlTexts.Found(item.Found), item.IsFine, item.Command))], view.LedgerEntry);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var patrols = api.MapGroup("/stations/{mn}/patrols").WithTags("commands");
        patrols.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Remote patrols with their reports, newest first");
        patrols.MapPost("/", BeginAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Begin a remote patrol now: reads only");
        patrols.MapPut("/plan", PlanAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Patrol daily at a time of day, or no more");
    }

    private static async Task<Results<Ok<IReadOnlyList<PatrolJson>>, ProblemHttpResult>> ListAsync(string mn, int? limit, IPatrols patrols, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        return TypedResults.Ok<IReadOnlyList<PatrolJson>>([.. (await patrols.ListAsync(station.StationNo, limit ?? 20, ct)).Select(PatrolJson.Of)]);
    }

    private static async Task<Results<Created<PatrolJson>, ProblemHttpResult>> BeginAsync(string mn, IPatrols patrols, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        return (await patrols.BeginAsync(station.StationNo, current.Actor, ct)).TryGet(out var view, out var refusal) ? TypedResults.Created($"/api/v1/stations/{mn}/patrols", PatrolJson.Of(view)) : Problems.From(refusal);
    }

    private static async Task<Results<Ok<PlanBody>, ProblemHttpResult>> PlanAsync(string mn, PlanBody body, IPatrols patrols, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        TimeOnly? daily = null;
        if (body.DailyAt is { } text)
        {
            if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return Problems.Field("dailyAt", new Fault(RemoteControlTexts.All, "time-of-day"));
            daily = at;
        }

        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        return await patrols.PlanAsync(station.StationNo, daily, current.Actor, ct) is { } refusal ? Problems.From(refusal, status: StatusCodes.Status403Forbidden) : TypedResults.Ok(body);
    }
}
