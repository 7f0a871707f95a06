using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Http.Idempotency;

/// <summary>A write with an <c>Idempotency-Key</c> is done once per caller, route and key; a repeat gets the first answer.</summary>
/// <remarks>
/// That the act was carried out is noted in its own transaction. A process that dies before the answer is stored as well leaves the repeat a 409 that says so, never a second act.
/// A request of several transactions is marked by its first: one that died between them is not finished by a repeat. What is done outside the database, such as an import of frames, is guarded by its own rules.
/// </remarks>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IdempotencyStore store)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 200;

    public async Task InvokeAsync(HttpContext http)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length is 0 || HttpMethods.IsGet(http.Request.Method) || !http.Request.Path.StartsWithSegments(ApiSetup.Root) || http.User.Identity is not { IsAuthenticated: true })
        {
            await next(http);
            return;
        }

        if (key.Length > LongestKey)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "request.idempotency-key-invalid");
            return;
        }

        var id = Digest(http.User.FindFirstValue("sub") ?? "", http.Request.Method, http.Request.Path.Value ?? "", key);
        var body = await BodyAsync(http);
        var known = await store.TakeAsync(id, body, http.RequestAborted);
        await (known switch
        {
            null => FirstAsync(http, id),
            _ when known.Body != body => RefuseAsync(http, StatusCodes.Status422UnprocessableEntity, "request.idempotency-key-reused"),
            { Status: IdempotencyRow.Running or IdempotencyRow.Acted } => RefuseAsync(http, StatusCodes.Status409Conflict, "request.idempotency-in-progress"),
            { Status: IdempotencyRow.AnswerLost } => RefuseAsync(http, StatusCodes.Status409Conflict, "request.idempotency-answer-lost"),
            _ => RepeatAsync(http, known),
        });
    }

    private async Task FirstAsync(HttpContext http, string id)
    {
        var outward = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        var stored = false;
        try
        {
            await WriteCompanion.WithAsync((db, token) => IdempotencyStore.ActAsync(db, id, token), () => next(http));
            stored = http.Response.StatusCode < StatusCodes.Status500InternalServerError;
            if (stored) await store.AnswerAsync(id, http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.Location, answer.ToArray());
        }
        finally
        {
            http.Response.Body = outward;
            if (!stored) await store.ReleaseAsync(id);
        }

        if (answer.Length > 0) await outward.WriteAsync(answer.ToArray(), http.RequestAborted); // a 204 takes no body, not even an empty one
    }

    private async Task RepeatAsync(HttpContext http, IdempotencyRow known)
    {
        http.Response.StatusCode = known.Status;
        http.Response.ContentType = known.ContentType;
        if (known.Location is not null) http.Response.Headers.Location = known.Location;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        var answer = store.Open(known);
        if (answer.Length > 0) await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    private static async Task<string> BodyAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
        http.Request.Body.Position = 0;
        return digest;
    }

    private static Task RefuseAsync(HttpContext http, int status, string code)
    {
        var problem = Problems.Of(status, code);
        ProblemTexts.Localise(http, problem);
        return problem.ExecuteAsync(http);
    }

    private static string Digest(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!))));
}
