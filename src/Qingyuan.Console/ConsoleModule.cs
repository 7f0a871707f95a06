using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Qingyuan.Console.Analysis;
using Qingyuan.Console.Shared;
using Qingyuan.Console.Shell;
using Qingyuan.Console.Stations.Curves;
using Qingyuan.Console.Stations.Frames;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Console;

/// <summary>What the composition root knows of the console.</summary>
public static class ConsoleModule
{
    private static readonly string[] Cultures = ["zh-CN", "en"];

    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight);
        services.AddTransient<MudLocalizer, MudTexts>();
        services.AddSingleton<EventRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<EventRelay>());
        services.AddScoped<OpenCounts>();
        services.AddScoped<SearchIndex>();
        services.AddSingleton<Sentences>();
        services.AddSingleton<BoundaryFile>();
        services.AddSingleton<CurveReader>();
        services.AddSingleton<FrameTrace>();
        return services;
    }

    /// <summary>The reader's language, and a page for a refusal that has none. Before routing and authentication.</summary>
    public static IApplicationBuilder UseConsole(this IApplicationBuilder app)
    {
        app.UseRequestLocalization(options =>
        {
            options.SetDefaultCulture(Cultures[0]).AddSupportedCultures(Cultures).AddSupportedUICultures(Cultures);
            // Chinese unless the reader chose otherwise: the browser's own language does not decide.
            options.RequestCultureProviders = [new ApiLanguage(), new CookieRequestCultureProvider()];
        });
        return app.UseWhen(IsForPerson, pages => pages.UseStatusCodePagesWithReExecute("/said/{0}", createScopeForStatusCodePages: true));
    }

    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapGet("/culture/{culture}", SwitchLanguage).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return endpoints;
    }

    /// <summary>Programs say their language in each request.</summary>
    private sealed class ApiLanguage : RequestCultureProvider
    {
        public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
            httpContext.Request.Path.StartsWithSegments("/api") && RequestLanguage.Of(httpContext.Request) is { } language
                ? Task.FromResult<ProviderCultureResult?>(new(language.Name))
                : NullProviderCultureResult;
    }

    private static IResult SwitchLanguage(string culture, string? returnUrl, HttpContext http)
    {
        if (!Cultures.Contains(culture)) return TypedResults.NotFound();
        http.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new(culture)),
            new() { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
        return TypedResults.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }

    private static bool IsForPerson(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) && !http.Request.Path.StartsWithSegments("/api");

    private static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length is 1 || url[1] is not ('/' or '\\'));
}
