using Microsoft.AspNetCore.Http;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Security.Access;

/// <summary>Answers to those who may not: problem documents for programs.</summary>
internal static class Refused
{
    public static Task ChallengeAsync(HttpContext http) => WriteAsync(http, StatusCodes.Status401Unauthorized, "request.not-signed-in");

    public static Task ForbidAsync(HttpContext http) => WriteAsync(http, StatusCodes.Status403Forbidden, "request.not-allowed");

    private static Task WriteAsync(HttpContext http, int status, string code)
    {
        var problem = Problems.Of(status, code);
        ProblemTexts.Localise(http, problem);
        return problem.ExecuteAsync(http);
    }
}
