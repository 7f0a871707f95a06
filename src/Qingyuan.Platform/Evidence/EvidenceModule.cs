using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Recording;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence;

/// <summary>What the composition root knows of the slice.</summary>
public static class EvidenceModule
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<IModelPart, EvidenceModel>()
            .AddSingleton<OutboxBell>()
            .AddSingleton<IElectronicLedger, ElectronicLedger>()
            .AddSingleton<Security.Contracts.ISecurityJournal, SecurityJournal>();
    }

    public static IEndpointRouteBuilder MapEvidence(this IEndpointRouteBuilder api) => api;
}
