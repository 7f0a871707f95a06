using System.CommandLine;

namespace Qingyuan.Host.Commands;

/// <summary>The options by which every verb finds its installation.</summary>
internal static class DataOptions
{
    public static Option<string?> Data() => new("--data") { Description = "Data directory (default ./data).", HelpName = "DIR" };

    public static Option<string?> Database() => new("--db") { Description = "PostgreSQL connection string; without it the embedded database.", HelpName = "CONNECTION" };
}
