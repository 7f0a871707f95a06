using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Platform.Exchange.Backfill;

internal static class BackfillEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);
    private static readonly string[] Resolutions = ["minute", "hour"];

    public sealed record GapJson(string Resolution, DateTimeOffset Start, string State, string? Why, string? Reason, DateTimeOffset FoundAt, int Attempts, Guid? Command, DateTimeOffset? EndedAt);

    public sealed record AskBody(string? Resolution, string? From, string? To);

    public sealed record AskedJson(int Periods);

    public sealed record LineJson(int Line, string Text);

    public sealed record DifferenceJson(int Both, IReadOnlyList<DateTimeOffset> OnlyThere, IReadOnlyList<DateTimeOffset> OnlyHere, IReadOnlyList<LineJson> NotRead);

    public static void Map(IEndpointRouteBuilder api)
    {
        var gaps = api.MapGroup("/stations/{mn}/gaps").WithTags("exchange");
        gaps.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Missing minutes and hours with what became of each; the last week without a time");
        gaps.MapPost("/ask-again", AskAgainAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Ask the logger again for what could not be had");
        gaps.MapPost("/compare", CompareAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Compare a list of what a further platform received, one time a line, with what is here");
    }

    private static async Task<Results<Ok<IReadOnlyList<GapJson>>, ProblemHttpResult>> ListAsync(
        string mn, string? from, string? to, string? resolution, string? state, IBackfill backfill, IStationDirectory stations, ICurrentActor current, TimeProvider clock, CancellationToken ct)
    {
        if (!QueryTime.TryParse(from, out var since)) return Problems.Field("from", Faults.Time);
        if (!QueryTime.TryParse(to, out var until)) return Problems.Field("to", Faults.Time);
        if (resolution is not null && !Resolutions.Contains(resolution)) return Problems.Field("resolution", Faults.OneOf(Resolutions));
        GapState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<GapState>(state, ignoreCase: true, out var known) || char.IsAsciiDigit(state[0])) return Problems.Field("state", Faults.OneOf("missing", "requested", "filled", "unfillable"));
            wanted = known;
        }

        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var end = until ?? clock.GetUtcNow();
        var found = await backfill.ListAsync(new(station.StationNo, StationClock.Wall(since ?? end - Usual), StationClock.Wall(end), resolution is null ? null : Of(resolution), wanted), ct);
        return TypedResults.Ok<IReadOnlyList<GapJson>>([.. found.Select(Json)]);
    }

    private static async Task<Results<Ok<AskedJson>, ProblemHttpResult>> AskAgainAsync(string mn, AskBody body, IBackfill backfill, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (body.Resolution is null || !Resolutions.Contains(body.Resolution)) return Problems.Field("resolution", Faults.OneOf(Resolutions));
        if (!QueryTime.TryParse(body.From, out var from) || from is null) return Problems.Field("from", Faults.Time);
        if (!QueryTime.TryParse(body.To, out var to) || to is null || to <= from) return Problems.Field("to", Faults.LaterThanFrom);
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var asked = await backfill.AskAgainAsync(station.StationNo, Of(body.Resolution), StationClock.Wall(from.Value), StationClock.Wall(to.Value), current.Actor, ct);
        return asked.TryGet(out var periods, out var refusal) ? TypedResults.Ok(new AskedJson(periods)) : Problems.From(refusal);
    }

    private static async Task<Results<Ok<DifferenceJson>, ProblemHttpResult>> CompareAsync(
        string mn, string? resolution, HttpRequest request, IBackfill backfill, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (!Resolutions.Contains(resolution ?? "hour")) return Problems.Field("resolution", Faults.OneOf(Resolutions));
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        using var list = new StreamReader(request.Body, Encoding.UTF8);
        var compared = await backfill.CompareAsync(station.StationNo, Of(resolution ?? "hour"), await list.ReadToEndAsync(ct), ct);
        return compared.TryGet(out var found, out var refusal)
            ? TypedResults.Ok(new DifferenceJson(found.Both, [.. found.OnlyThere.Select(StationClock.Instant)], [.. found.OnlyHere.Select(StationClock.Instant)], [.. found.NotRead.Select(each => new LineJson(each.Line, each.Text))]))
            : Problems.From(refusal);
    }

    private static Resolution Of(string resolution) => resolution is "minute" ? Resolution.Minute : Resolution.Hour;

    private static GapJson Json(GapView gap) => new(
        AlarmTexts.Code(gap.Resolution), StationClock.Instant(gap.Start), AlarmTexts.Code(gap.State), gap.Why, gap.Why is { } why ? ExchangeTexts.Why(why) : null, gap.FoundAt.ToOffset(StationClock.Offset), gap.Attempts,
        gap.Command, gap.EndedAt?.ToOffset(StationClock.Offset));
}
