using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Qingyuan.Platform.Evidence;

/// <summary>What the composition root knows of the slice.</summary>
public static class EvidenceModule
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, IConfiguration configuration) => services;

    public static IEndpointRouteBuilder MapEvidence(this IEndpointRouteBuilder api) => api;
}
