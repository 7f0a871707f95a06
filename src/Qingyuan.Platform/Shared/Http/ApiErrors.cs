using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>What escaped an endpoint: malformed input becomes a 400 that names the field, a bug a 500 that says nothing but where to look in the log.</summary>
internal sealed partial class ApiErrors : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.Response.HasStarted) return false;
        var problem = exception is BadHttpRequestException bad ? Malformed(bad)
            // A form whose token is missing or wrong is refused when it is first read.
            : httpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? Problems.Of(StatusCodes.Status400BadRequest, "request.form-token-missing")
            : Unexpected(httpContext);
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
        _ when error.InnerException is JsonException json => Problems.Field(FieldOf(json), NotText(json) ? Expected("System.String") : Short(json.Message)),
        _ => Problems.Field(Parameter().Match(error.Message) is { Success: true } match ? JsonNamingPolicy.CamelCase.ConvertName(match.Groups[1].Value) : "request", Short(error.Message)),
    };

    private static ProblemHttpResult Unexpected(HttpContext http) => TypedResults.Problem(
        statusCode: StatusCodes.Status500InternalServerError, type: "server.error", extensions: new Dictionary<string, object?> { ["trace"] = http.TraceIdentifier });

    private static string FieldOf(JsonException error)
    {
        if (error.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal)) return path[2..];
        return Missing().Match(error.Message) is { Success: true } match ? match.Groups[1].Value : "body";
    }

    // Said by the framework in its own words about its own inner life: replaced by ours.
    private const string NoBody = "no body was provided";

    // The tail names .NET types and byte positions, which help nobody outside.
    private static string Short(string message)
    {
        if (message.Contains(NoBody, StringComparison.Ordinal)) return "missing";
        if (Unconvertible().Match(message) is { Success: true } match) return Expected(match.Groups[1].Value);
        var cut = message.IndexOf(" Path:", StringComparison.Ordinal);
        return TypeName().Replace(cut > 0 ? message[..cut] : message, "value");
    }

    // For text alone the framework names the whole object instead of the member's type.
    private static bool NotText(JsonException error) => error.InnerException is InvalidOperationException inner && inner.Message.Contains("as a string", StringComparison.Ordinal);

    private static string Expected(string type) => type switch
    {
        "System.String" => "text expected",
        "System.Boolean" => "true or false expected",
        "System.Int32" or "System.Int64" => "whole number expected",
        "System.Guid" => "UUID expected",
        _ when WordsOf(type) is { Length: > 0 } words => "one of " + string.Join(", ", words.Select(JsonNamingPolicy.KebabCaseLower.ConvertName)),
        _ => "another kind of value expected, see the OpenAPI document",
    };

    private static string[] WordsOf(string type)
    {
        var named = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(type)).FirstOrDefault(found => found is not null);
        return named is { IsEnum: true } ? Enum.GetNames(named) : [];
    }

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?([\w.]+)")]
    private static partial Regex Unconvertible();

    [GeneratedRegex("parameter \"[^\"]*?(\\w+)\"")]
    private static partial Regex Parameter();

    [GeneratedRegex("(?:including:|[Dd]uplicate property) '(\\w+)'")]
    private static partial Regex Missing();

    [GeneratedRegex(@"(System|Qingyuan)\.[\w.`+\[\],]+")]
    private static partial Regex TypeName();
}
