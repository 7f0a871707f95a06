using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>Problem documents (RFC 9457): <c>type</c> is the stable code, <c>title</c> the sentence when a slice has one.</summary>
public static class Problems
{
    /// <summary>A business "no". Codes that end in <c>field-…</c>, <c>-missing</c> or <c>-invalid</c> are the caller's input (400), the rest conflict with the state (409) unless <paramref name="status"/> says otherwise.</summary>
    public static ProblemHttpResult From(Refusal refusal, string? title = null, int? status = null)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        if (refusal is FieldFault fault) return Field(fault.Field, fault.What);
        var input = refusal.Code.EndsWith("-missing", StringComparison.Ordinal) || refusal.Code.EndsWith("-invalid", StringComparison.Ordinal);
        var members = new Dictionary<string, object?> { ["args"] = refusal.Args.Select(arg => arg?.ToString() ?? "").ToArray() };
        if (input && refusal.Args is [string field, ..]) members["field"] = field;
        return Of(status ?? StatusOf(refusal.Code, input), refusal.Code, title, members);
    }

    /// <summary>Malformed input: names the field and says what belongs there.</summary>
    public static ProblemHttpResult Field(string field, Fault fault) => TypedResults.Problem(FieldProblem.Of(field, fault));

    /// <summary>There is no such thing, or it is out of the caller's sight, which must look the same.</summary>
    public static ProblemHttpResult NotFound(string code) => Of(StatusCodes.Status404NotFound, code, null, null);

    /// <summary>What the edge itself refuses, by its code.</summary>
    public static ProblemHttpResult Of(int status, string code) => Of(status, code, null, null);

    /// <summary>True when not the caller but disk, network or database is why.</summary>
    public static bool IsOfTheWorld(Refusal refusal) => StatusOf(refusal.Code, isInput: false) >= StatusCodes.Status500InternalServerError;

    private static int StatusOf(string code, bool isInput) => code switch
    {
        "blob.not-kept" or "import.disk-full" => StatusCodes.Status507InsufficientStorage,
        "blob.missing" => StatusCodes.Status503ServiceUnavailable, // a copy may still come to this node
        "blob.damaged" => StatusCodes.Status500InternalServerError,
        _ => isInput ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict,
    };

    private static ProblemHttpResult Of(int status, string code, string? title, IDictionary<string, object?>? members) =>
        TypedResults.Problem(statusCode: status, type: code, title: title ?? code, extensions: members);
}
