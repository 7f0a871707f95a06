using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Exchange.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class ExchangeTexts
{
    internal static readonly Sentences All = new(typeof(ExchangeModule));

    public static string Kind(TargetKind kind, CultureInfo? culture = null) => All.Say("target." + AlarmTexts.Code(kind), culture);

    public static string State(Rules.Exchange.GapState state, CultureInfo? culture = null) => All.Say("gap-state." + AlarmTexts.Code(state), culture);

    /// <summary>Why a period cannot be had.</summary>
    public static string Why(string code, CultureInfo? culture = null) => All.Say(code, culture);

    public static string Phase(TargetPhase phase, CultureInfo? culture = null) => All.Say("phase." + AlarmTexts.Code(phase), culture);
}
