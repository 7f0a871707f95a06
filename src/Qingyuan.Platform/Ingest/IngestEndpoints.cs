using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Ingest;

internal static class IngestEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/ingest/health", Health)
        .WithName("ingest.health").WithTags("ingest").WithSummary("Counts since start, what runs now, and unknown MNs to adopt.")
        .RequireAuthorization(Policies.ReadIntake);

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
