using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Retention.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class RetentionTexts
{
    internal static readonly Sentences All = new(typeof(RetentionModule));

    public static string Class(DataClass dataClass, CultureInfo? culture = null) => All.Say("class." + AlarmTexts.Code(dataClass), culture);

    public static string State(DeletionState state, CultureInfo? culture = null) => All.Say("state." + AlarmTexts.Code(state), culture);
}
