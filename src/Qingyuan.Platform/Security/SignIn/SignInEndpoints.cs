using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Security.Access;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Security.SignIn;

/// <summary>What the sign-in pages post to. Each answers with a redirect; an error travels as a stable code the page turns into a sentence.</summary>
internal static class SignInEndpoints
{
    private const string SignInPage = "/sign-in";
    public const string TooOften = SignInPage + "?error=sign-in.too-often";
    private const string CodePage = "/sign-in/totp";
    private const string PasswordPage = "/sign-in/password";
    private const string OwnPage = "/account";

    public static void Map(IEndpointRouteBuilder root)
    {
        var forms = root.MapGroup("/account").ExcludeFromDescription();
        forms.WithOrder(-1); // before the pages of the same address, which would take a POST too
        forms.MapPost("/sign-in", SignInAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy);
        forms.MapPost("/totp", CodeAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy);
        forms.MapPost("/password", PasswordAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy);
        forms.MapPost("/sign-out", SignOutAsync).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<RedirectHttpResult> SignInAsync(
        HttpContext http, SignInDesk desk, [FromForm] string? name, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        var result = await desk.PasswordAsync(name ?? "", password ?? "", Remote(http), http.RequestAborted);
        return await GoOnAsync(http, result, "password", returnUrl, SignInPage);
    }

    private static async Task<RedirectHttpResult> CodeAsync(HttpContext http, SignInDesk desk, [FromForm] string? code, [FromForm] string? returnUrl)
    {
        if (await PendingAsync(http) is not { } pending) return To(SignInPage, returnUrl, "sign-in.expired");
        var result = await desk.CodeAsync(pending.Account, pending.Stamp, code ?? "", Remote(http), http.RequestAborted);
        return await GoOnAsync(http, result, "totp", returnUrl, CodePage);
    }

    // Reached half signed in with a one-time password, or wholly to change one's own.
    private static async Task<RedirectHttpResult> PasswordAsync(
        HttpContext http, SignInDesk desk, [FromForm] string? current, [FromForm(Name = "new")] string? next, [FromForm] string? again, [FromForm] string? returnUrl)
    {
        var own = Identify(http.User);
        var page = own is null ? PasswordPage : OwnPage;
        if ((own ?? await PendingAsync(http)) is not { } person) return To(SignInPage, returnUrl, "sign-in.expired");
        if (next != again) return To(page, returnUrl, "password.differ");
        var result = await desk.ChangePasswordAsync(person.Account, person.Stamp, current ?? "", next ?? "", Remote(http), person.Way, pending: own is null, http.RequestAborted);
        return result.Outcome is SignInOutcome.Wrong ? To(page, returnUrl, "password.wrong") : await GoOnAsync(http, result, person.Way, returnUrl, page);
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http, SignInDesk desk)
    {
        if (Guid.TryParse(http.User.FindFirstValue(ActorClaims.Session), out var session)) await desk.SignOutAsync(session, CancellationToken.None);
        await http.SignOutAsync(Schemes.Session);
        return To(SignInPage, null, null);
    }

    private static async Task<RedirectHttpResult> GoOnAsync(HttpContext http, SignInResult result, string way, string? returnUrl, string page)
    {
        switch (result.Outcome)
        {
            case SignInOutcome.SignedIn:
                await http.SignOutAsync(Schemes.Pending);
                await http.SignInAsync(Schemes.Session, ActorClaims.Of(result.Account!, result.Session!, way));
                return TypedResults.Redirect(Local(returnUrl));
            case SignInOutcome.CodeNeeded:
                await http.SignInAsync(Schemes.Pending, ActorClaims.Pending(result.Account!, codeTaken: false));
                return To(CodePage, returnUrl, null);
            case SignInOutcome.PasswordChangeNeeded:
                await http.SignInAsync(Schemes.Pending, ActorClaims.Pending(result.Account!, codeTaken: way is "totp"));
                return To(PasswordPage, returnUrl, null);
            default:
                return To(page, returnUrl, Code(result.Outcome));
        }
    }

    private static string Code(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.Locked => "sign-in.locked",
        SignInOutcome.CodeWrong => "sign-in.code-wrong",
        SignInOutcome.PasswordWeak => "password.weak",
        SignInOutcome.PasswordSame => "password.same",
        _ => "sign-in.wrong",
    };

    private static async Task<(Guid Account, string Stamp, string Way)?> PendingAsync(HttpContext http) =>
        (await http.AuthenticateAsync(Schemes.Pending)).Principal is { } person ? Identify(person) : null;

    private static (Guid Account, string Stamp, string Way)? Identify(ClaimsPrincipal person) =>
        Guid.TryParse(person.FindFirstValue(ActorClaims.AccountId), out var id) ? (id, person.FindFirstValue(ActorClaims.Stamp) ?? "", person.AuthenticationWay()) : null;

    private static string Remote(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string Local(string? url) => url is ['/', ..] && (url.Length is 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl) ? url : "/";

    private static RedirectHttpResult To(string page, string? returnUrl, string? error)
    {
        var query = new QueryString();
        if (returnUrl is { Length: > 1 }) query = query.Add("returnUrl", Local(returnUrl));
        if (error is not null) query = query.Add("error", error);
        return TypedResults.Redirect(page + query);
    }
}
