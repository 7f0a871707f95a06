using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Security;

/// <summary>What the composition root knows of the slice.</summary>
public static class SecurityModule
{
    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration) => services;

    public static IEndpointRouteBuilder MapSecurity(this IEndpointRouteBuilder api) => api;
}
