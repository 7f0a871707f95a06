using System.Globalization;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications.Channels;
using Qingyuan.Platform.Alarms.Notifications.Receipts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Alarms.Notifications.Sending;

/// <summary>Writes a notice for one person: station, factor, sentence with value and limit, rule, since, links.</summary>
internal sealed class MessageWriter(IStationDirectory stations, ReceiptTokens receipts, IOptions<AlarmsOptions> options)
{
    private static readonly Sentences Texts = AlarmTexts.All;

    public OutgoingMessage Write(NoticeRow notice, MessageRow message)
    {
        var culture = CultureInfo.GetCultureInfo(message.Language == "en" ? "en" : "zh-CN");
        var places = Places(notice, culture);
        var title = Texts.Say("message.title", places, culture);
        var text = string.Join('\n', Lines(notice, places, culture));
        return new(
            message.Id, message.Person, message.Address, notice.Sample ? Texts.Say("message.sample", culture) + title : title, text,
            AlarmTexts.Code(notice.Severity), notice.Code, Link(notice.Path), Link("/api/v1/notifications/receipt?token=" + receipts.For(message.Id)));
    }

    private static IEnumerable<string> Lines(NoticeRow notice, Dictionary<string, string> places, CultureInfo culture)
    {
        if (places["station"].Length > 0) yield return Texts.Say("message.station", places, culture);
        if (places["factorName"].Length > 0) yield return Texts.Say("message.factor", places, culture);
        yield return places["sentence"];
        yield return Texts.Say("message.since", places, culture);
        yield return Texts.Say("message.rule", places, culture);
    }

    private Dictionary<string, string> Places(NoticeRow notice, CultureInfo culture)
    {
        var args = AlarmRow.Texts(notice.Args);
        var station = notice.StationNo is { } no ? stations.Get(no) : null;
        var factor = args.TryGetValue("factor", out var code) ? code : "";
        var filed = station?.Factors.FirstOrDefault(each => each.Code == factor);
        return new(args, StringComparer.Ordinal)
        {
            ["station"] = station?.Name ?? "",
            ["mn"] = station?.Mn ?? "",
            ["outlet"] = station?.Outlet ?? "",
            ["factorName"] = filed is null ? factor : culture.TwoLetterISOLanguageName == "en" ? filed.NameEn : filed.NameZh,
            ["severityText"] = AlarmTexts.Severity(notice.Severity, culture),
            ["kindText"] = args.TryGetValue("kind", out var kind) ? Texts.Say("kind." + kind, culture) : Texts.Say("kind.work-order", culture),
            ["sentence"] = AlarmTexts.Sentence(notice.Code, args, culture),
            ["since"] = StationClock.Instant(notice.Since).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
            ["rule"] = notice.Rule,
        };
    }

    private string? Link(string path) => options.Value.PublicAddress is { } root ? root.ToString().TrimEnd('/') + path : null;
}
