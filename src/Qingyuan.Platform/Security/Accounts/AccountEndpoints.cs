using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.SignIn;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Security.Accounts;

internal static class AccountEndpoints
{
    public sealed record AddBody(string? Name, string? Role, string? Organisation);

    public sealed record StepUpBody(string? Code);

    /// <summary>Until when the second factor counts.</summary>
    public sealed record StepUpJson(DateTimeOffset Until);

    /// <summary>The signed-in actor.</summary>
    public sealed record MeJson(string Id, string Role, string Organisation, string Authentication, IReadOnlyCollection<int>? Stations);

    /// <summary>The secret appears in this answer and never again.</summary>
    public sealed record SecretJson(AccountView Account, string Password);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me", Me).RequireAuthorization(Policies.SignedIn).WithTags("security").WithSummary("Who the caller is");
        api.MapPost("/me/step-up", StepUpAsync).RequireAuthorization(Policies.SignedIn).RequireRateLimiting(SignInLimit.Policy).WithTags("security").WithSummary("Show the second factor again; it counts for a few minutes over this sign-in");
        var users = api.MapGroup("/users").WithTags("security").RequireAuthorization(Policies.ManageAccounts);
        users.MapGet("/", ListAsync).WithSummary("All accounts");
        users.MapPost("/", AddAsync).WithSummary("Add an account; answers its one-time password");
        users.MapPost("/{name}/disable", DisableAsync).WithSummary("Disable and end the sessions");
        users.MapPost("/{name}/enable", EnableAsync).WithSummary("Enable again; also lifts a lock-out");
        users.MapPost("/{name}/reset-password", ResetAsync).WithSummary("New one-time password; also removes the second factor");
    }

    private static Ok<MeJson> Me(ICurrentActor current) => TypedResults.Ok(
        new MeJson(current.Actor.Id, current.Actor.Role, current.Actor.Organisation, current.Actor.Authentication, current.StationScope));

    private static async Task<Results<Ok<StepUpJson>, ProblemHttpResult>> StepUpAsync(StepUpBody body, ISecondFactor factor, ICurrentActor current, CancellationToken ct)
    {
        if (body.Code is null) return Problems.Field("code", Faults.Missing);
        if (InputText.Fault(body.Code, 64) is { } fault) return Problems.Field("code", fault);
        return (await factor.StepUpAsync(current, body.Code, ct)).TryGet(out var until, out var refusal)
            ? TypedResults.Ok(new StepUpJson(until.ToOffset(StationClock.Offset)))
            : Problems.From(refusal, status: StatusCodes.Status403Forbidden);
    }

    private static async Task<Ok<Page<AccountView>>> ListAsync(IAccounts accounts, CancellationToken ct) => TypedResults.Ok(new Page<AccountView>(await accounts.ListAsync(ct), null));

    private static async Task<Results<Created<SecretJson>, ProblemHttpResult>> AddAsync(AddBody body, IAccounts accounts, ICurrentActor current, CancellationToken ct)
    {
        if (body.Name is null) return Problems.Field("name", Faults.Missing);
        if (body.Role is null) return Problems.Field("role", Faults.Missing);
        var result = await accounts.AddAsync(body.Name, body.Role, body.Organisation, current.Actor, ct);
        return result.TryGet(out var secret, out var refusal) ? TypedResults.Created($"/api/v1/users/{secret.Account.Name}", new SecretJson(secret.Account, secret.Password)) : Problems.From(refusal);
    }

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> DisableAsync(string name, IAccounts accounts, ICurrentActor current, CancellationToken ct) =>
        Answer(await accounts.DisableAsync(name, current.Actor, ct));

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> EnableAsync(string name, IAccounts accounts, ICurrentActor current, CancellationToken ct) =>
        Answer(await accounts.EnableAsync(name, current.Actor, ct));

    private static async Task<Results<Ok<SecretJson>, ProblemHttpResult>> ResetAsync(string name, IAccounts accounts, ICurrentActor current, CancellationToken ct) =>
        (await accounts.ResetPasswordAsync(name, current.Actor, ct)).TryGet(out var secret, out var refusal) ? TypedResults.Ok(new SecretJson(secret.Account, secret.Password)) : Refuse(refusal);

    private static Results<Ok<AccountView>, ProblemHttpResult> Answer(Result<AccountView> result) =>
        result.TryGet(out var view, out var refusal) ? TypedResults.Ok(view) : Refuse(refusal);

    private static ProblemHttpResult Refuse(Refusal refusal) => Problems.From(refusal, status: refusal.Code is "account.not-found" ? StatusCodes.Status404NotFound : null);
}
