using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Validity;

/// <summary>What the composition root knows of the slice.</summary>
public static class ValidityModule
{
    public static IServiceCollection AddValidity(this IServiceCollection services, IConfiguration configuration) => services;

    public static IEndpointRouteBuilder MapValidity(this IEndpointRouteBuilder api) => api;
}
