using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Console.Shared;

/// <summary>Codes and arguments of other slices as sentences.</summary>
internal sealed partial class Sentences(IStringLocalizer<Refusals> refusals)
{
    /// <summary>Why something was refused. A code without a sentence shows itself with what it names.</summary>
    public string Of(Refusal refusal)
    {
        var text = refusals[refusal.Code];
        if (!text.ResourceNotFound) return string.Format(CultureInfo.CurrentCulture, text.Value, Padded(refusal.Args));
        return refusal.Args.Length is 0 ? refusal.Code : $"{refusal.Code} ({string.Join(", ", refusal.Args)})";
    }

    /// <summary>Fills <c>{name}</c> in <paramref name="template"/>; a name nobody gave stays visible.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> args) =>
        Hole().Replace(template, hole => args.GetValueOrDefault(hole.Groups[1].Value, hole.Value));

    private static object[] Padded(object[] args) => [.. args, "", "", "", ""];

    [GeneratedRegex(@"\{([A-Za-z0-9_-]+)\}")]
    private static partial Regex Hole();
}

/// <summary>Marks Refusals.resx.</summary>
internal sealed class Refusals;
