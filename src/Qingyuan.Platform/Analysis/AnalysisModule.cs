using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Reading;
using Qingyuan.Platform.Analysis.Views;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Analysis;

/// <summary>What the composition root knows of the slice.</summary>
public static class AnalysisModule
{
    public static IServiceCollection AddAnalysis(this IServiceCollection services) => services
        .AddSingleton<IModelPart, AnalysisModel>()
        .AddSingleton(AnalysisTexts.All)
        .AddSingleton<RowReader>()
        .AddSingleton<IAnalysis, AnalysisReader>()
        .AddSingleton<IAnalysisViews, ViewBook>();

    public static IEndpointRouteBuilder MapAnalysis(this IEndpointRouteBuilder api)
    {
        AnalysisEndpoints.Map(api);
        return api;
    }
}
