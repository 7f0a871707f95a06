using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>What escaped an endpoint: malformed input becomes a 400 that names the field, a database that is away a 503, a bug a 500 that says nothing but where to look in the log.</summary>
internal sealed class ApiErrors : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.Response.HasStarted) return false;
        var problem = exception is BadHttpRequestException bad ? Malformed(bad)
            // A form whose token is missing or wrong is refused when it is first read.
            : httpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? Problems.Of(StatusCodes.Status400BadRequest, "request.form-token-missing")
            : DatabaseAway.Is(exception) ? Failed(httpContext, StatusCodes.Status503ServiceUnavailable, "server.database-away")
            : Failed(httpContext, StatusCodes.Status500InternalServerError, "server.error");
        httpContext.Response.StatusCode = problem.StatusCode;
        if (httpContext.Request.Path.StartsWithSegments("/api"))
        {
            ProblemTexts.Localise(httpContext, problem);
            await problem.ExecuteAsync(httpContext);
        }
        else
        {
            await httpContext.Response.WriteAsync($"{problem.ProblemDetails.Type} {httpContext.TraceIdentifier}", cancellationToken);
        }

        return true;
    }

    private static ProblemHttpResult Malformed(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(error.StatusCode, "request.not-json"),
        StatusCodes.Status413PayloadTooLarge => Problems.Of(error.StatusCode, "request.too-large"),
        _ => Problems.From(BindingFaults.Of(error)),
    };

    private static ProblemHttpResult Failed(HttpContext http, int status, string code) =>
        TypedResults.Problem(statusCode: status, type: code, extensions: new Dictionary<string, object?> { ["trace"] = http.TraceIdentifier });
}
