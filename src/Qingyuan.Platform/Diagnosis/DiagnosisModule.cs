using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Diagnosis.Contracts;

namespace Qingyuan.Platform.Diagnosis;

/// <summary>What the composition root knows of the slice.</summary>
public static class DiagnosisModule
{
    public static IServiceCollection AddDiagnosis(this IServiceCollection services) => services.AddSingleton(FindingTexts.All).AddSingleton<IFindings, FindingList>().AddSingleton<UnexplainedMarks>();

    public static IEndpointRouteBuilder MapDiagnosis(this IEndpointRouteBuilder api)
    {
        FindingEndpoints.Map(api);
        return api;
    }
}
