using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>Finds the optional parameter that could not be read. Endpoints written at build time answer 400 for one without a word about which.</summary>
internal static class UnreadParameter
{
    /// <summary>The problem that names it; null when all that were sent can be read.</summary>
    public static ProblemHttpResult? Find(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is not { } handler) return null;
        foreach (var (name, type) in handler.GetParameters().SelectMany(Members))
        {
            var text = http.Request.RouteValues.TryGetValue(name, out var routed) ? routed as string : (string?)http.Request.Query[name];
            if (!string.IsNullOrEmpty(text) && Expected(Nullable.GetUnderlyingType(type) ?? type, text) is { } expected) return Problems.Field(name, expected);
        }

        return null;
    }

    private static IEnumerable<(string Name, Type Type)> Members(ParameterInfo parameter) => parameter.IsDefined(typeof(AsParametersAttribute))
        ? parameter.ParameterType.GetProperties().Select(member => (System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member.Name), member.PropertyType))
        : [(parameter.Name ?? "", parameter.ParameterType)];

    /// <summary>What it must be; null when it can be read.</summary>
    private static Fault? Expected(Type type, string text) => true switch
    {
        _ when type == typeof(int) => int.TryParse(text, out _) ? null : Faults.WholeNumber,
        _ when type == typeof(long) => long.TryParse(text, out _) ? null : Faults.WholeNumber,
        _ when type == typeof(bool) => bool.TryParse(text, out _) ? null : Faults.TrueOrFalse,
        _ when type == typeof(Guid) => Guid.TryParse(text, out _) ? null : Faults.Uuid,
        _ => null,
    };
}
