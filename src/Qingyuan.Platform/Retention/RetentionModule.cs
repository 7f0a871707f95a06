using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Retention;

/// <summary>What the composition root knows of the slice.</summary>
public static class RetentionModule
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<IModelPart, RetentionModel>()
        .AddSingleton(RetentionTexts.All)
        .AddSingleton<IRetention, RetentionBook>();

    public static IEndpointRouteBuilder MapRetention(this IEndpointRouteBuilder api)
    {
        RetentionEndpoints.Map(api);
        return api;
    }
}
