using System.Globalization;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class AnalysisTexts
{
    internal static readonly Sentences All = new(typeof(AnalysisModule));

    /// <summary>Heading of a column in an export.</summary>
    public static string Column(string name, CultureInfo? culture = null) => All.Say("column." + name, culture);

    /// <summary>What is said beside the first rows of an answer where something of them is left out.</summary>
    public static string Shortened(CultureInfo? culture = null) => All.Say("sql.shortened", culture);
}
