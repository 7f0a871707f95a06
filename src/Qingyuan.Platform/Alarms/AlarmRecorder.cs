using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Alarms;

/// <summary>What every change of an alarm leaves behind in its own transaction: a ledger entry and a live event.</summary>
internal sealed class AlarmRecorder(IElectronicLedger ledger, IEventStream events, IStationDirectory stations, TimeProvider clock)
{
    public void Record(QingyuanDb db, AlarmRow alarm, string act, Actor actor, IEnumerable<KeyValuePair<string, string>>? more = null)
    {
        var body = Body(alarm);
        foreach (var (name, text) in more ?? []) body[name] = text;
        ledger.Record(db, new("alarm." + act, alarm.Subject, alarm.StationNo, null, actor, clock.GetUtcNow(), body));
        events.Publish(db, "alarm." + Past(act), alarm.StationNo, AlarmJson.From(alarm.ToView(), stations, CultureInfo.GetCultureInfo("zh-CN")));
    }

    private static string Past(string act) => act switch
    {
        "shelve" => "shelved",
        "unshelve" => "unshelved",
        "raise" or "acknowledge" => act + "d",
        "clear" => "cleared",
        _ => "changed",
    };

    private static JsonObject Body(AlarmRow alarm)
    {
        var body = new JsonObject
        {
            ["kind"] = AlarmTexts.Code(alarm.Kind),
            ["cause"] = alarm.Cause,
            ["severity"] = AlarmTexts.Code(alarm.Severity),
            ["state"] = AlarmTexts.Code(alarm.State),
            ["since"] = Stamp(alarm.Since),
            ["code"] = alarm.MessageCode,
            ["args"] = new JsonObject(AlarmRow.Texts(alarm.Args).Select(arg => KeyValuePair.Create<string, JsonNode?>(arg.Key, arg.Value))),
            ["rule"] = alarm.Rule,
        };
        if (alarm.Factor is { } factor) body["factor"] = factor;
        if (alarm.Frame is { } frame) body["frame"] = frame;
        if (alarm.Until is { } until) body["until"] = Stamp(until);
        return body;
    }

    private static string Stamp(DateTime wall) => StationClock.Instant(wall).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
