using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Operations;

/// <summary>What the composition root knows of the slice.</summary>
public static class OperationsModule
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration) => services;

    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder api) => api;
}
