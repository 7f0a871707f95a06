using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.WorkOrders;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Operations.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class WorkOrderTexts
{
    /// <summary>Title code of an order that an alarm opened: the alarm's own sentence after its kind.</summary>
    public const string ForAlarm = "order.title.alarm";

    internal static readonly Sentences All = new(typeof(OperationsModule));
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static string Title(WorkOrderView order, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Title(order.TitleCode, order.TitleArgs, order.Title, culture);
    }

    /// <summary>The title by its code, <paramref name="typed"/> when it has none.</summary>
    public static string Title(string code, IReadOnlyDictionary<string, string> args, string typed, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (string.IsNullOrEmpty(code)) return typed;
        var places = new Dictionary<string, string>(args, StringComparer.Ordinal);
        if (args.TryGetValue("alarmCode", out var alarm)) places["sentence"] = AlarmTexts.Sentence(alarm, args, culture);
        if (args.TryGetValue("alarmKind", out var kind)) places["kindText"] = AlarmTexts.All.Say("kind." + kind, culture);
        return All.Say(code, places, culture);
    }

    public static string State(WorkOrderState state, CultureInfo? culture = null) => All.Say("state." + AlarmTexts.Code(state), culture);

    public static string Act(string act, CultureInfo? culture = null) => All.Say("act." + act, culture);

    public static string Kind(string kind, CultureInfo? culture = null) => All.Say("kind." + kind, culture);

    public static string Clock(string name, CultureInfo? culture = null) => All.Say("clock." + name, culture);

    /// <summary>What a notice about a clock names, in both languages, because its reader is chosen later.</summary>
    internal static Dictionary<string, string> ClockArgs(WorkOrderRow order, WorkOrderClockRow row)
    {
        var args = StoredTexts.Read(order.TitleArgs);
        return new(StringComparer.Ordinal)
        {
            ["number"] = order.Number,
            ["title"] = Title(order.TitleCode, args, order.Title, Chinese),
            ["titleEn"] = Title(order.TitleCode, args, order.Title, English),
            ["clockText"] = Clock(row.Name, Chinese),
            ["clockTextEn"] = Clock(row.Name, English),
            ["due"] = row.DueAt.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            ["source"] = row.Source,
        };
    }
}
