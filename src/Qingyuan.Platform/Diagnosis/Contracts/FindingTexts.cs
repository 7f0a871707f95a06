using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Diagnosis.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class FindingTexts
{
    internal static readonly Sentences All = new(typeof(DiagnosisModule));

    public static string Kind(FindingKind kind, CultureInfo? culture = null) => All.Say("kind." + AlarmTexts.Code(kind), culture);

    /// <summary>An alarm's finding speaks in the alarm's own sentence.</summary>
    public static string Sentence(FindingView finding, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.AlarmId is null ? All.Say(finding.Code, finding.Args, culture) : AlarmTexts.Sentence(finding.Code, finding.Args, culture);
    }
}
