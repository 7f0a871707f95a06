using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>What the framework says of malformed input, in its own words about its own inner life, as a field and what belongs there.</summary>
internal static partial class BindingFaults
{
    public static FieldFault Of(BadHttpRequestException error) =>
        error.InnerException is JsonException json ? new(FieldOf(json), FaultOf(json)) : new(FieldOf(error), FaultOf(error.Message));

    private static string FieldOf(JsonException error)
    {
        if (error.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal)) return path[2..];
        return Missing().Match(error.Message) is { Success: true } missing ? missing.Groups[1].Value
            : Twice().Match(error.Message) is { Success: true } twice ? twice.Groups[1].Value
            : "body";
    }

    private static string FieldOf(BadHttpRequestException error) =>
        Parameter().Match(error.Message) is { Success: true } match ? JsonNamingPolicy.CamelCase.ConvertName(match.Groups[1].Value) : "request";

    private static Fault FaultOf(JsonException error) => error.Message switch
    {
        _ when IsNotText(error) => Faults.AnyText,
        var message when message.StartsWith(ApiJson.NoDecimal, StringComparison.Ordinal) => Faults.Number,
        var message when message.StartsWith(ApiJson.NoInstant, StringComparison.Ordinal) => Faults.Time,
        var message when Unconvertible().Match(message) is { Success: true } match => Expected(match.Groups[1].Value),
        var message when Missing().IsMatch(message) => Faults.Missing,
        var message when Twice().IsMatch(message) => Faults.Twice,
        var message => Faults.Json(Short(message)),
    };

    private static Fault FaultOf(string message) => message switch
    {
        _ when message.Contains("no body was provided", StringComparison.Ordinal) || message.Contains("was not provided from", StringComparison.Ordinal) => Faults.Missing,
        _ when Unbindable().Match(message) is { Success: true } match => Expected(match.Groups[1].Value),
        _ => Faults.Unreadable(Short(message)),
    };

    // The tail names .NET types and byte positions, which help nobody outside.
    private static string Short(string message)
    {
        var cut = message.IndexOf(" Path:", StringComparison.Ordinal);
        return TypeName().Replace(cut > 0 ? message[..cut] : message, "value");
    }

    // For text alone the framework names the whole object instead of the member's type.
    private static bool IsNotText(JsonException error) => error.InnerException is InvalidOperationException inner && inner.Message.Contains("as a string", StringComparison.Ordinal);

    private static Fault Expected(string type) => type switch
    {
        "System.String" => Faults.AnyText,
        "System.Boolean" or "bool" => Faults.TrueOrFalse,
        "System.Int32" or "System.Int64" or "int" or "long" => Faults.WholeNumber,
        "System.Guid" or "Guid" => Faults.Uuid,
        "System.Decimal" => Faults.Number,
        "System.DateTimeOffset" or "System.DateTime" => Faults.Time,
        _ when WordsOf(type) is { Length: > 0 } words => Faults.OneOf(words.Select(JsonNamingPolicy.KebabCaseLower.ConvertName)),
        _ => Faults.OtherKind,
    };

    private static string[] WordsOf(string type)
    {
        var named = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(type)).FirstOrDefault(found => found is not null);
        return named is { IsEnum: true } ? Enum.GetNames(named) : [];
    }

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?([\w.]+)")]
    private static partial Regex Unconvertible();

    [GeneratedRegex(@"Failed to bind parameter ""(?:Nullable<)?([\w.]+)")]
    private static partial Regex Unbindable();

    [GeneratedRegex("parameter \"[^\"]*?(\\w+)\"")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"including: '(\w+)'")]
    private static partial Regex Missing();

    [GeneratedRegex(@"[Dd]uplicate property '(\w+)'")]
    private static partial Regex Twice();

    [GeneratedRegex(@"(System|Qingyuan)\.[\w.`+\[\],]+")]
    private static partial Regex TypeName();
}
