using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Telemetry.Api;

namespace Qingyuan.Platform.Telemetry;

/// <summary>Reading only: nothing in the API can write a frame or a measured value.</summary>
internal static class TelemetryEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var stations = api.MapGroup("/stations/{mn}").WithTags("telemetry").RequireAuthorization(Policies.ReadBusiness);
        stations.MapGet("/latest", LatestRoute.GetAsync).WithSummary("Newest real-time value of each factor");
        stations.MapGet("/readings", ReadingsRoute.GetAsync).WithSummary("One factor over time, as reported or as derived");

        var frames = api.MapGroup("/frames").WithTags("telemetry").RequireAuthorization(Policies.ReadBusiness);
        frames.MapGet("/", FramesRoute.ListAsync).WithSummary("Frames by time received, newest last, refused ones too");
        frames.MapGet("/{id}", FramesRoute.GetAsync).WithSummary("One frame's bytes exactly as received");
    }
}
