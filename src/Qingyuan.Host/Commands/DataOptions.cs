using System.CommandLine;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Host.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class DataOptions
{
    public static Option<string?> Data() => new("--data") { Description = "Data directory (default ./data).", HelpName = "DIR" };

    public static Option<string?> Database() => new("--db") { Description = "PostgreSQL connection string; without it the embedded database.", HelpName = "CONNECTION" };

    public static Option<string> Role() => new("--role") { Description = string.Join(" | ", Roles.All), HelpName = "ROLE", Required = true };

    public static Option<string?> Organisation() => new("--org") { Description = "Discharger: its code; regulator: codes assigned, comma-separated.", HelpName = "ORG" };

    /// <summary>Where the installation is, as far as the caller said.</summary>
    public static Dictionary<string, string?> Said(ParseResult parsed, Option<string?> data, Option<string?> database)
    {
        Dictionary<string, string?> said = new() { [ServerSettings.DataKey] = parsed.GetValue(data), [nameof(ServerSettings.Database)] = parsed.GetValue(database) };
        return said.Where(pair => pair.Value is not null).ToDictionary();
    }
}
