using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Qingyuan.Platform.Security.Access;

/// <summary>What an endpoint without a policy must be to be served at all.</summary>
internal sealed class BlazorPlumbing : IAuthorizationRequirement;

internal sealed class BlazorPlumbingHandler : AuthorizationHandler<BlazorPlumbing>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, BlazorPlumbing requirement)
    {
        // Where there is nothing, nothing is guarded: who is signed in reads "no such page", not "no right".
        if (context.Resource is HttpContext http && (http.GetEndpoint() is null || http.Request.Path.StartsWithSegments("/_blazor"))) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
