using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Rules.Exchange;

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
        return All.Say(note.Code, Sentences.Numbered(note.Args), culture);
    }

    public static string Kind(RecipientKind kind, CultureInfo? culture = null) => All.Say("recipient." + AlarmTexts.Code(kind), culture);

    public static string Form(DeliveryForm form, CultureInfo? culture = null) => All.Say("form." + AlarmTexts.Code(form), culture);

    public static string State(DeliveryRunState state, CultureInfo? culture = null) => All.Say("run-state." + AlarmTexts.Code(state), culture);

    public static string Data(DeliveryData data, CultureInfo? culture = null) => All.Say("delivery-data." + AlarmTexts.Code(data), culture);

    public static string HandOver(HandOver way, CultureInfo? culture = null) => All.Say("hand-over." + AlarmTexts.Code(way), culture);

    public static string Interval(DeliveryInterval every, CultureInfo? culture = null) => All.Say("every." + AlarmTexts.Code(every), culture);

    public static string PolicyColumn(string name, CultureInfo? culture = null) => All.Say("policy-column." + name, culture);

    /// <summary>Which stations a rule holds.</summary>
    public static string Stations(DeliveryRule rule, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Choice is StationChoice.Listed ? string.Join(' ', rule.Stations) : All.Say("choice." + AlarmTexts.Code(rule.Choice), Args(("code", rule.Discharger ?? "")), culture);
    }

    /// <summary>Which data and factors a rule holds.</summary>
    public static string Data(DeliveryRule rule, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var factors = rule.Factors.Count is 0 ? Word("all-factors", culture) : string.Join(' ', rule.Factors);
        return $"{string.Join(All.Say("delivery-data.between", culture), rule.Data.Select(data => Data(data, culture)))} · {factors}";
    }

    /// <summary>How often and when.</summary>
    public static string Interval(DeliveryRule rule, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var day = rule.Every is DeliveryInterval.Weekly ? All.Say("weekday." + Text(rule.Day ?? 1), culture) : Text(rule.Day ?? 1);
        return All.Say("interval." + AlarmTexts.Code(rule.Every), Args(("at", rule.At.ToString("HH:mm", CultureInfo.InvariantCulture)), ("minute", Text(rule.At.Minute)), ("day", day)), culture);
    }

    /// <summary>How files get there, and where.</summary>
    public static string HandOver(DeliveryRule rule, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return (rule.Folder ?? rule.Address) is { } where ? $"{HandOver(rule.HandOver, culture)} {where}" : HandOver(rule.HandOver, culture);
    }

    /// <summary>How a delivery stands.</summary>
    public static string State(DeliveryView view, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Word(!view.Rule.Enabled ? "off" : view.Failing is not null ? "failing" : "on", culture);
    }

    /// <summary>Why a run waits: a code in words, else what the world said.</summary>
    public static string? Error(string? error, CultureInfo? culture = null) => error is null ? null : All.Say(error, Args(), culture);

    internal static string Word(string word, CultureInfo? culture = null) => All.Say("policy." + word, culture);

    private static Dictionary<string, string> Args(params (string Name, string Value)[] args) => args.ToDictionary(arg => arg.Name, arg => arg.Value, StringComparer.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
