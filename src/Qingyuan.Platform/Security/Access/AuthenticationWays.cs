using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Security.Tokens;

namespace Qingyuan.Platform.Security.Access;

/// <summary>Cookie for the console, bearer token for programs, one scheme that chooses.</summary>
internal static class AuthenticationWays
{
    private static readonly TimeSpan PendingFor = TimeSpan.FromMinutes(10);

    public static void AddAuthenticationWays(this IServiceCollection services)
    {
        services.AddAuthentication(Schemes.Either)
            .AddPolicyScheme(Schemes.Either, null, options => options.ForwardDefaultSelector = http => http.Request.Headers.Authorization.Count > 0 ? Schemes.Token : Schemes.Session)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(Schemes.Token, null)
            .AddCookie(Schemes.Pending, options => Shape(options, "qingyuan.pending", PendingFor))
            .AddCookie(Schemes.Session, options =>
            {
                options.LoginPath = "/sign-in";
                options.ReturnUrlParameter = "returnUrl";
                options.EventsType = typeof(SessionCookie);
            });
        services.AddOptions<CookieAuthenticationOptions>(Schemes.Session)
            .Configure<IOptions<SecurityOptions>>((options, security) => Shape(options, "qingyuan.session", TimeSpan.FromHours(security.Value.SessionHours)));
        services.AddScoped<SessionCookie>();
    }

    private static void Shape(CookieAuthenticationOptions options, string name, TimeSpan lifetime)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = lifetime;

        // Idle time is the server's to judge: the session's row knows when the person was last seen.
        options.SlidingExpiration = false;
    }
}
