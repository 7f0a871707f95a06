using System.Globalization;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class AnalysisTexts
{
    internal static readonly Sentences All = new(typeof(AnalysisModule));

    /// <summary>Why not.</summary>
    public static string Refusal(Rules.Kernel.Refusal refusal, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        // A field of a form, named as the query string names it.
        if (refusal is { Code: "request.field-invalid", Args: [var field, var expected] }) return $"{field}: {expected}";
        return All.Say(refusal.Code, refusal.Args.Index().ToDictionary(arg => arg.Index.ToString(CultureInfo.InvariantCulture), arg => arg.Item.ToString() ?? ""), culture);
    }

    /// <summary>Heading of a column in an export.</summary>
    public static string Column(string name, CultureInfo? culture = null) => All.Say("column." + name, culture);
}
