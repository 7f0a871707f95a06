using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Ingest;

internal static class IngestEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ingest/health", Health)
            .WithName("ingest.health").WithTags("ingest").WithSummary("Counts since start, what runs now, and unknown MNs to adopt.")
            .RequireAuthorization(Policies.ReadIntake);
        api.MapGet("/stations/{mn}/deviations", DeviationsAsync).RequireAuthorization(Policies.ReadBusiness).WithTags("frames").WithSummary("What the station's logger does otherwise than the standard says, learnt from its newest frames");
    }

    private static async Task<Results<Ok<DeviationsJson>, ProblemHttpResult>> DeviationsAsync(string mn, IDeviations deviations, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var profile = await deviations.OfAsync(station.Mn, ct);
        return TypedResults.Ok(new DeviationsJson(
            profile.Looked, profile.From?.ToOffset(StationClock.Offset),
            [.. profile.Deviations.Select(each => new DeviationJson(each.Rule, each.Text, each.Clause, each.Frames, each.Newest.ToOffset(StationClock.Offset), each.Example.ToString()))]));
    }

    internal sealed record DeviationJson(string Rule, string Text, string Clause, int Frames, DateTimeOffset Newest, string FrameId);

    internal sealed record DeviationsJson(int Looked, DateTimeOffset? From, IReadOnlyList<DeviationJson> Deviations);

    // Unknown MNs belong to nobody yet: only who sees the whole installation sees them.
    private static Results<Ok<IngestHealthView>, ProblemHttpResult> Health(IIngestHealth health, ICurrentActor current) => current.StationScope is null
        ? TypedResults.Ok(new IngestHealthView(health.Now, [.. health.UnknownStations.Select(UnknownStationView.Of)]))
        : Problems.Of(StatusCodes.Status403Forbidden, "request.not-allowed");

    internal sealed record IngestHealthView(IngestHealth Now, IReadOnlyList<UnknownStationView> UnknownStations);

    /// <summary>Adopted by filing a station with this MN: <c>POST /stations</c>.</summary>
    internal sealed record UnknownStationView(string Mn, string Remote, long Frames, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
    {
        public static UnknownStationView Of((string Mn, string Remote, long Frames, DateTimeOffset First, DateTimeOffset Last) seen) =>
            new(seen.Mn, seen.Remote, seen.Frames, seen.First.ToOffset(StationClock.Offset), seen.Last.ToOffset(StationClock.Offset));
    }
}
