using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Export;
using Qingyuan.Platform.Analysis.Reading;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Analysis.Sql.DataSets;
using Qingyuan.Platform.Analysis.Sql.History;
using Qingyuan.Platform.Analysis.Sql.Running;
using Qingyuan.Platform.Analysis.Views;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Analysis;

/// <summary>What the composition root knows of the slice.</summary>
public static class AnalysisModule
{
    public static IServiceCollection AddAnalysis(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<SqlOptions>().Bind(configuration.GetSection(SqlOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ShelfTidy>().AddHostedService(provider => provider.GetRequiredService<ShelfTidy>()).AddDueScan<ShelfTidy>();
        return services
            .AddSingleton<IModelPart, AnalysisModel>()
            .AddSingleton(AnalysisTexts.All)
            .AddSingleton<RowReader>().AddSingleton<RowExport>()
            .AddSingleton<IAnalysis, AnalysisReader>()
            .AddSingleton<IAnalysisViews, ViewBook>()
            .AddSingleton<Shelf>().AddSingleton<HistoryBook>().AddSingleton<RecordWriter>().AddSingleton<DataSetWriter>().AddSingleton<WorkbenchRun>()
            .AddSingleton<ISqlWorkbench, SqlWorkbench>();
    }

    public static IEndpointRouteBuilder MapAnalysis(this IEndpointRouteBuilder api)
    {
        AnalysisEndpoints.Map(api);
        SqlEndpoints.Map(api);
        return api;
    }
}
