using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Stations;

/// <summary>What the composition root knows of the slice.</summary>
public static class StationsModule
{
    public static IServiceCollection AddStations(this IServiceCollection services, IConfiguration configuration) => services;

    public static IEndpointRouteBuilder MapStations(this IEndpointRouteBuilder api) => api;
}
