using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>The policy and what was done by it, in the electronic ledger.</summary>
internal sealed class DeliveryLedger(IElectronicLedger ledger, Organisation organisation, TimeProvider clock)
{
    private const int MostNamed = 300;

    /// <summary>From what to what; nothing before a new one.</summary>
    public void Changed(QingyuanDb db, string name, int version, DeliveryRule? was, DeliveryRule now, bool secretChanged, Actor actor)
    {
        var body = new JsonObject { ["name"] = name, ["version"] = Text(version), ["now"] = Body(now), ["secretChanged"] = secretChanged };
        if (was is not null) body["was"] = Body(was);
        Record(db, "setting.exchange.delivery", name, actor, body);
    }

    public void Delivered(QingyuanDb db, string name, DeliveryRule rule, DeliveryRunRow run) => Run(db, "data.delivery.done", name, rule, run);

    public void Fetched(QingyuanDb db, string name, string organisation, DeliveryRunRow run, Actor actor) => Record(db, "data.delivery.fetched", name, actor, new()
    {
        ["run"] = run.Id.ToString(), ["name"] = name, ["organisation"] = organisation, ["from"] = Wall(run.From), ["to"] = Wall(run.To), ["revision"] = Text(run.Revision), ["file"] = run.FileName ?? "", ["sha256"] = run.Sha256 ?? "",
    });

    public void Failed(QingyuanDb db, string name, DeliveryRule rule, DeliveryRunRow run) => Run(db, "data.delivery.failed", name, rule, run);

    private void Run(QingyuanDb db, string kind, string name, DeliveryRule rule, DeliveryRunRow run) => Record(db, kind, name, Actor.Service("exchange", organisation.Code), new()
    {
        ["run"] = run.Id.ToString(), ["name"] = name, ["version"] = Text(run.Version), ["recipient"] = rule.Recipient, ["organisation"] = rule.Organisation, ["handOver"] = AlarmTexts.Code(rule.HandOver),
        ["from"] = Wall(run.From), ["to"] = Wall(run.To), ["revision"] = Text(run.Revision), ["file"] = run.FileName ?? "", ["sha256"] = run.Sha256 ?? "", ["rows"] = Text(run.Rows), ["bytes"] = Text(run.Bytes),
        ["attempts"] = Text(run.Attempts), ["error"] = run.Error ?? "",
    });

    private void Record(QingyuanDb db, string kind, string name, Actor actor, JsonObject body) => ledger.Record(db, new(kind, $"exchange-delivery:{name}", null, null, actor, clock.GetUtcNow(), body));

    private static JsonObject Body(DeliveryRule rule) => new()
    {
        ["recipient"] = rule.Recipient, ["organisation"] = rule.Organisation, ["kind"] = AlarmTexts.Code(rule.Kind), ["purpose"] = rule.Purpose ?? "", ["choice"] = AlarmTexts.Code(rule.Choice),
        ["stations"] = List(rule.Stations), ["stationCount"] = Text(rule.Stations.Count), ["discharger"] = rule.Discharger ?? "", ["factors"] = List(rule.Factors), ["data"] = List(rule.Data.Order().Select(AlarmTexts.Code)),
        ["form"] = AlarmTexts.Code(rule.Form), ["every"] = AlarmTexts.Code(rule.Every), ["at"] = rule.At.ToString("HH:mm", CultureInfo.InvariantCulture), ["day"] = rule.Day is { } day ? Text(day) : "",
        ["handOver"] = AlarmTexts.Code(rule.HandOver), ["folder"] = rule.Folder ?? "", ["address"] = rule.Address ?? "", ["certificateSha256"] = rule.CertificateSha256 ?? "", ["enabled"] = rule.Enabled,
    };

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Take(MostNamed).Select(text => (JsonNode?)text)]);

    private static string Wall(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
