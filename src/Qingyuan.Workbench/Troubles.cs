using System.Globalization;
using System.Text.RegularExpressions;

namespace Qingyuan.Workbench;

/// <summary>What the engine's errors are about, read from their own form: <c>Kind Error: words</c>, then <c>LINE n: …</c>.</summary>
internal static partial class Troubles
{
    public static Trouble Of(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var kind = Kind().Match(message) is { Success: true } match ? match.Groups[1].Value : "";
        var line = Line().Match(message) is { Success: true } said ? int.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        var words = Line().Split(message, 2)[0]; // the picture of the place beneath is for a terminal
        return new(
            kind switch
            {
                "Permission" => Kinds.Outside,
                "Parser" => Kinds.Syntax,
                "Out of Memory" => Kinds.Memory,
                _ => Kinds.Query,
            },
            line,
            kind is "Out of Memory" ? "" : words.Trim()); // its advice is to change settings, which nobody can
    }

    [GeneratedRegex(@"^([A-Za-z ]+?) Error:")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^LINE (\d+):", RegexOptions.Multiline)]
    private static partial Regex Line();
}
