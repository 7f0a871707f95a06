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
        var frames = api.MapGroup("/frames").WithTags("telemetry").RequireAuthorization(Policies.ReadBusiness);
        frames.MapGet("/", FramesRoute.ListAsync).WithSummary("Frames by time received, newest last, refused ones too");
        frames.MapGet("/{id}", FramesRoute.GetAsync).WithSummary("One frame's bytes exactly as received");
    }
}
