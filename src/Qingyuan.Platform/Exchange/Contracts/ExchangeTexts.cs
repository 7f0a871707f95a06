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

    public static string Kind(ImportKind kind, CultureInfo? culture = null) => All.Say("import-kind." + AlarmTexts.Code(kind), culture);

    public static string State(ImportState state, CultureInfo? culture = null) => All.Say("import-state." + AlarmTexts.Code(state), culture);

    public static string Remark(RowRemark remark, CultureInfo? culture = null) => All.Say("row-remark." + AlarmTexts.Code(remark), culture);

    /// <summary>The heading of a column of an import's file.</summary>
    public static string Column(ImportKind kind, string key, CultureInfo? culture = null) => All.Find($"column.{AlarmTexts.Code(kind)}.{key}", culture) ?? All.Say("column." + key, culture);

    /// <summary>What belongs into a column.</summary>
    public static string ColumnHint(string key, CultureInfo? culture = null) => All.Say("column-hint." + key, culture);

    /// <summary>Why a row cannot be taken, or what it repeats or contradicts.</summary>
    public static string Note(RowNote note, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(note);
        return All.Say(note.Code, note.Args.Select((arg, at) => (Key: at.ToString(CultureInfo.InvariantCulture), arg)).ToDictionary(each => each.Key, each => each.arg), culture);
    }
}
