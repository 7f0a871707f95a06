using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Ingest;

/// <summary>What the composition root knows of the slice.</summary>
public static class IngestModule
{
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration) => services;

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder api) => api;
}
