using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.RemoteControl.Marks;

internal static class MarkEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    public sealed record SetBody(IReadOnlyList<string>? Factors, string? Mark, string? From, string? To, string? Note);

    public sealed record EndBody(string? To, string? Note);

    public static void Map(IEndpointRouteBuilder api)
    {
        var marks = api.MapGroup("/stations/{mn}/marks").WithTags("commands");
        marks.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Draft marks that touch a time; the last day without one");
        marks.MapPost("/", SetAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Set a draft mark by hand");
        marks.MapPost("/{id:guid}/end", EndAsync).RequireAuthorization(Policies.OperateStations).WithSummary("End a draft mark");
    }

    private static async Task<Results<Ok<IReadOnlyList<MarkJson>>, ProblemHttpResult>> ListAsync(
        string mn, string? from, string? to, IDataMarks marks, IStationDirectory stations, ICurrentActor current, TimeProvider clock, CancellationToken ct)
    {
        if (!QueryTime.TryParse(from, out var since)) return Problems.Field("from", Faults.Time);
        if (!QueryTime.TryParse(to, out var until)) return Problems.Field("to", Faults.Time);
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var end = until ?? clock.GetUtcNow();
        var found = await marks.ListAsync(station.StationNo, StationClock.Wall(since ?? end - Usual), StationClock.Wall(end), ct);
        return TypedResults.Ok<IReadOnlyList<MarkJson>>([.. found.Select(MarkJson.Of)]);
    }

    private static async Task<Results<Created<MarkJson>, ProblemHttpResult>> SetAsync(
        string mn, SetBody body, IDataMarks marks, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (!QueryTime.TryParse(body.From, out var from) || from is null) return Problems.Field("from", Faults.Time);
        if (!QueryTime.TryParse(body.To, out var to)) return Problems.Field("to", Faults.Time);
        if (InputText.Fault(body.Note, 500) is { } note) return Problems.Field("note", note);
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var set = await marks.SetAsync(station.StationNo, body.Factors ?? [], body.Mark ?? "", StationClock.Wall(from.Value), to is { } end ? StationClock.Wall(end) : null, body.Note ?? "", current.Actor, ct);
        return set.TryGet(out var view, out var refusal) ? TypedResults.Created($"/api/v1/stations/{mn}/marks/{view.Id}", MarkJson.Of(view)) : Problems.From(refusal);
    }

    private static async Task<Results<Ok<MarkJson>, ProblemHttpResult>> EndAsync(
        string mn, Guid id, EndBody body, IDataMarks marks, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (!QueryTime.TryParse(body.To, out var to) || to is null) return Problems.Field("to", Faults.Time);
        if (InputText.Fault(body.Note, 500) is { } note) return Problems.Field("note", note);
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var ended = await marks.EndAsync(station.StationNo, id, StationClock.Wall(to.Value), body.Note ?? "", current.Actor, ct);
        return ended.TryGet(out var view, out var refusal) ? TypedResults.Ok(MarkJson.Of(view)) : Problems.From(refusal, status: refusal.Code is "mark.not-found" ? StatusCodes.Status404NotFound : null);
    }
}
