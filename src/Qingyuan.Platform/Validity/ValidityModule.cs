using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Validity.Contracts;

namespace Qingyuan.Platform.Validity;

/// <summary>What the composition root knows of the slice.</summary>
public static class ValidityModule
{
    public static IServiceCollection AddValidity(this IServiceCollection services, IConfiguration configuration) => services.AddSingleton<IPeriodJudge, PeriodJudge>();

    /// <summary>Results are read with the readings (<c>source=derived</c>); the slice has no route of its own.</summary>
    public static IEndpointRouteBuilder MapValidity(this IEndpointRouteBuilder api) => api;
}
