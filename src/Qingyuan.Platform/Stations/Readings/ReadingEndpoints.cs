using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Stations.Readings;

/// <summary>What a station measured: values from Telemetry, names, units and verdicts from here.</summary>
internal static class ReadingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var stations = api.MapGroup("/stations/{mn}").WithTags("readings").RequireAuthorization(Policies.ReadBusiness);
        stations.MapGet("/latest", LatestRoute.GetAsync).WithSummary("Newest real-time value of each factor");
        stations.MapGet("/readings", ReadingsRoute.GetAsync).WithSummary("One factor over time, as reported or as derived");
    }
}
