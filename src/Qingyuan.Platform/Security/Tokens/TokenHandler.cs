using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Security.Access;

namespace Qingyuan.Platform.Security.Tokens;

/// <summary><c>Authorization: Bearer TOKEN</c>.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, TokenDesk tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    private const string Word = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Word, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var actor = await tokens.WhoAsync(header[Word.Length..].Trim(), Context.RequestAborted);
        if (actor is null) return AuthenticateResult.Fail("Unknown, expired or revoked token.");
        return AuthenticateResult.Success(new(new ClaimsPrincipal(ActorClaims.Identity(actor, Schemes.Token)), Schemes.Token));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Refused.ChallengeAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refused.ForbidAsync(Context);
}
