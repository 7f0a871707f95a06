using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Alarms;

/// <summary>What the composition root knows of the slice.</summary>
public static class AlarmsModule
{
    public static IServiceCollection AddAlarms(this IServiceCollection services, IConfiguration configuration) => services;

    public static IEndpointRouteBuilder MapAlarms(this IEndpointRouteBuilder api) => api;
}
