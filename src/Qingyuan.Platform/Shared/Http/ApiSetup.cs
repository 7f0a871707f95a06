using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Shared.Http.Idempotency;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>The edge of the API: JSON, problem documents, idempotency, the document that describes it all.</summary>
public static class ApiSetup
{
    /// <summary>Where all routes of the contract live.</summary>
    public const string Root = "/api/v1";

    internal static readonly Sentences Texts = new(typeof(ApiSetup));

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Apply(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiErrors>();
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Qingyuan 清源", Version = "v1", Description = "Operation and maintenance of pollution-source monitoring stations." };
            return Task.CompletedTask;
        }));
        return services
            .AddSingleton(Texts)
            .AddSingleton<IModelPart, IdempotencyModel>()
            .AddSingleton<IdempotencyStore>()
            .AddCallerLimits();
    }

    /// <summary>Outermost: whatever fails further in becomes a problem document.</summary>
    public static IApplicationBuilder UseApiErrors(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException });
        return app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages(WriteStatusAsync));
    }

    /// <summary>After routing, before sign-in: an unknown address is 404, a wrong method 405, a wrong media type 415, whoever asks.</summary>
    public static IApplicationBuilder UseApiMisses(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments("/api") || http.GetEndpoint() is RouteEndpoint) return next(http);
        if (http.GetEndpoint() is { RequestDelegate: { } answer }) return answer(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    /// <summary>After sign-in: the same write is done once.</summary>
    public static IApplicationBuilder UseIdempotency(this IApplicationBuilder app) => app.UseMiddleware<IdempotencyMiddleware>();

    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().ExcludeFromDescription();
        var api = routes.MapGroup(Root);
        api.AddEndpointFilter<ProblemTexts>();
        api.AddEndpointFilter<BlobProblems>();
        return api;
    }

    private static Task WriteStatusAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var unread = http.Response.StatusCode is StatusCodes.Status400BadRequest ? UnreadParameter.Find(http) : null;
        var problem = unread ?? Problems.Of(http.Response.StatusCode, http.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => "request.not-signed-in",
            StatusCodes.Status403Forbidden => "request.not-allowed",
            StatusCodes.Status404NotFound => "request.no-such-route",
            StatusCodes.Status405MethodNotAllowed => "request.method-not-allowed",
            StatusCodes.Status415UnsupportedMediaType => "request.not-json",
            StatusCodes.Status429TooManyRequests => "request.too-many",
            _ => "request.refused",
        });
        ProblemTexts.Localise(http, problem);
        return problem.ExecuteAsync(http);
    }
}
