using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Telemetry;

/// <summary>What the composition root knows of the slice.</summary>
public static class TelemetryModule
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration) => services;

    public static IEndpointRouteBuilder MapTelemetry(this IEndpointRouteBuilder api) => api;
}
