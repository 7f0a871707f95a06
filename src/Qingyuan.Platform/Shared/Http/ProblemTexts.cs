using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>Gives problem documents their sentence in the caller's language. Slices register their <see cref="Sentences"/>; the code is the resource's key.</summary>
internal sealed class ProblemTexts : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var inner = result is INestedHttpResult nested ? nested.Result : result;
        if (inner is ProblemHttpResult problem) Localise(context.HttpContext, problem);
        return result;
    }

    public static void Localise(HttpContext http, ProblemHttpResult problem)
    {
        var details = problem.ProblemDetails;
        if (details.Type is not { } code) return;
        var culture = RequestLanguage.Of(http.Request) ?? RequestLanguage.Usual;
        if (details is FieldProblem malformed) malformed.Say(culture);
        var args = details.Extensions.TryGetValue("args", out var said) && said is string?[] list ? list : [details.Extensions.TryGetValue("field", out var field) ? field as string : null, details.Detail];
        var places = args.Select((arg, at) => (Key: at.ToString(CultureInfo.InvariantCulture), Value: arg ?? "")).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var sentences in http.RequestServices.GetServices<Sentences>())
        {
            if (sentences.Find(code, culture) is not { } template) continue;
            details.Title = Sentences.Fill(template, places);
            http.Response.Headers.ContentLanguage = culture.Name;
            return;
        }
    }
}
