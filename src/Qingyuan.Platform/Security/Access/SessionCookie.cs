using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Qingyuan.Platform.Security.SignIn;

namespace Qingyuan.Platform.Security.Access;

/// <summary>The cookie only names a session; whether that is alive is asked each time.</summary>
internal sealed class SessionCookie(SessionDesk sessions) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var person = context.Principal;
        var stamp = person?.FindFirstValue(ActorClaims.Stamp) ?? "";
        if (Guid.TryParse(person?.FindFirstValue(ActorClaims.Session), out var id)
            && await sessions.IsAliveAsync(id, stamp, active: true, context.HttpContext.RequestAborted)) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Schemes.Session);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        IsForProgram(context.Request) ? Refused.ChallengeAsync(context.HttpContext) : base.RedirectToLogin(context);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsForProgram(context.Request)) return Refused.ForbidAsync(context.HttpContext);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsForProgram(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/_blazor") || request.Path.StartsWithSegments("/health") || request.Path.StartsWithSegments("/metrics");
}
