using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Security.Tokens;

internal static class TokenEndpoints
{
    public sealed record CreateBody(string? Label, string? Role, string? Organisation, int? Days);

    /// <summary>The secret appears in this answer and never again.</summary>
    public sealed record SecretJson(TokenView Token, string Secret);

    public static void Map(IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("security").RequireAuthorization(Policies.ManageAccounts);
        tokens.MapGet("/", ListAsync).WithSummary("Tokens in force");
        tokens.MapPost("/", CreateAsync).WithSummary("Create a token; answers its secret");
        tokens.MapDelete("/{id:guid}", RevokeAsync).WithSummary("Revoke a token");
    }

    private static async Task<Ok<Page<TokenView>>> ListAsync(IAccounts accounts, CancellationToken ct) => TypedResults.Ok(new Page<TokenView>(await accounts.TokensAsync(ct), null));

    private static async Task<Results<Created<SecretJson>, ProblemHttpResult>> CreateAsync(CreateBody body, IAccounts accounts, ICurrentActor current, CancellationToken ct)
    {
        if (body.Role is null) return Problems.Field("role", Faults.Missing);
        var result = await accounts.CreateTokenAsync(body.Label ?? body.Role, body.Role, body.Organisation, body.Days, current.Actor, ct);
        return result.TryGet(out var made, out var refusal) ? TypedResults.Created($"/api/v1/tokens/{made.Token.Id}", new SecretJson(made.Token, made.Secret)) : Problems.From(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Guid id, IAccounts accounts, ICurrentActor current, CancellationToken ct) =>
        (await accounts.RevokeTokenAsync(id, current.Actor, ct)).TryGet(out _, out var refusal) ? TypedResults.NoContent() : Problems.NotFound(refusal.Code);
}
