using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Imports in the electronic ledger. Those of frames are recorded by the slice that stores them.</summary>
internal sealed class ImportLedger(IElectronicLedger ledger, IStationDirectory stations, TimeProvider clock)
{
    private const int MostNamed = 200;

    public void Confirmed(QingyuanDb db, ImportRow import, IReadOnlyCollection<int> stationNos, Actor actor)
    {
        var body = Body(import);
        body["stations"] = new JsonArray([.. stationNos.Take(MostNamed).Select(no => (JsonNode?)(stations.Get(no)?.Mn ?? ""))]);
        body["stationCount"] = Text(stationNos.Count);
        Record(db, "data.import.confirmed", import, stationNos.Count is 1 ? stationNos.First() : null, actor, body);
    }

    public void Undone(QingyuanDb db, ImportRow import, Actor actor)
    {
        var body = Body(import);
        body["reason"] = import.Reason ?? "";
        Record(db, "data.import.undone", import, null, actor, body);
    }

    private void Record(QingyuanDb db, string kind, ImportRow import, int? stationNo, Actor actor, JsonObject body) =>
        ledger.Record(db, new(kind, $"import:{import.Id}", stationNo, null, actor, clock.GetUtcNow(), body));

    private static JsonObject Body(ImportRow import) => new()
    {
        ["kind"] = AlarmTexts.Code(import.Kind), ["file"] = import.FileName, ["sha256"] = import.Sha256, ["rows"] = Text(import.Rows), ["stored"] = Text(import.Good), ["wrong"] = Text(import.Wrong),
        ["repeated"] = Text(import.Repeated), ["contradicting"] = Text(import.Contradicting),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
