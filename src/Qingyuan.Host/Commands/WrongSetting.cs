using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Qingyuan.Host.Commands;

/// <summary>Tells what the caller said wrongly, by option or by setting, from bugs.</summary>
internal static partial class WrongSetting
{
    public static string? Explain(Exception error) => error switch
    {
        WrongUseException or OptionsValidationException => error.Message,
        AggregateException all when all.InnerExceptions.All(each => Explain(each) is not null) => string.Join("; ", all.InnerExceptions.Select(Explain)),
        InvalidOperationException when Unconvertible().Match(error.Message) is { Success: true } match =>
            $"setting {match.Groups["path"].Value} '{match.Groups["value"].Value}': expected {Expected(match.Groups["type"].Value)}",
        _ => null,
    };

    private static string Expected(string type) => type switch
    {
        "System.TimeSpan" => "a length of time, DAYS.HH:MM:SS, such as 7.00:00:00 or 00:30:00",
        "System.TimeOnly" => "a time of day, such as 02:30",
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" or "System.Decimal" => "a number",
        _ when WordsOf(type) is { Length: > 0 } words => "one of " + string.Join(", ", words),
        _ => "another kind of value",
    };

    private static string[] WordsOf(string type)
    {
        var named = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(type)).FirstOrDefault(found => found is not null);
        return named is { IsEnum: true } ? Enum.GetNames(named) : [];
    }

    [GeneratedRegex("^Failed to convert configuration value (?:'(?<value>.*)' )?at '(?<path>[^']+)' to type '(?<type>[^']+)'", RegexOptions.Singleline)]
    private static partial Regex Unconvertible();
}
