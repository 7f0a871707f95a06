using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Retention.Cold;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Retention.Deleting;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Retention;

/// <summary>What the composition root knows of the slice.</summary>
public static class RetentionModule
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<IModelPart, RetentionModel>()
        .AddSingleton(RetentionTexts.All)
        .AddSingleton<IRetention, RetentionBook>()
        .AddSingleton<ColdRule>().AddSingleton<ITiers>(provider => provider.GetRequiredService<ColdRule>()).AddSingleton<IColdPolicy>(provider => provider.GetRequiredService<ColdRule>())
        .AddSingleton<DeletionRules>().AddSingleton<IDeletions, DeletionDesk>()
        .AddDueScan<DeletionRun>()
        .AddSingleton(provider => provider.GetServices<IDueScan>().OfType<DeletionRun>().Single())
        .AddSingleton<IDeletedMonths, DeletedMonths>();

    public static IEndpointRouteBuilder MapRetention(this IEndpointRouteBuilder api)
    {
        RetentionEndpoints.Map(api);
        DeletionEndpoints.Map(api);
        return api;
    }
}
