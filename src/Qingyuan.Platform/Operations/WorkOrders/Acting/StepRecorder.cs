using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Operations.WorkOrders.Acting;

/// <summary>Writes a step with its ledger entry and live event in the act's transaction; nobody has to ask for the entry.</summary>
internal sealed class StepRecorder(IElectronicLedger ledger, IEventStream events, TimeProvider clock)
{
    public const string Note = "note";

    public void Record(
        QingyuanDb db, WorkOrderRow order, int seq, string act, Actor actor, IReadOnlyDictionary<string, string> fields, IReadOnlyList<WorkOrderClockRow>? started = null)
    {
        var now = clock.GetUtcNow();
        var entry = ledger.Record(db, new("om.work-order." + act, order.Subject, order.StationNo, null, actor, now, Body(order, fields, started ?? [])));
        db.Add(new WorkOrderStepRow
        {
            OrderId = order.Id,
            Seq = seq,
            Act = act,
            State = order.State,
            ActorId = actor.Id,
            ActorRole = actor.Role,
            At = now,
            Fields = StoredTexts.Json(fields),
            LedgerEntryId = entry,
        });
        order.Version++;
        events.Publish(db, "work-order.changed", order.StationNo, new { order.Id, order.Number, order.StationNo, act, state = WorkOrderJson.Code(order.State), order.Technician });
    }

    /// <summary>A step that changes no state; one about the same event within <paramref name="atMostEvery"/> is left out.</summary>
    public async Task NoteAsync(
        QingyuanDb db, WorkOrderRow order, string what, Actor actor, IReadOnlyDictionary<string, string> fields, TimeSpan atMostEvery, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - atMostEvery;
        var steps = await db.Set<WorkOrderStepRow>().AsNoTracking().Where(row => row.OrderId == order.Id).ToListAsync(ct);
        if (steps.Any(step => step.Act == Note && step.At > since && StoredTexts.Read(step.Fields).GetValueOrDefault("event") == what)) return;
        Record(db, order, steps.Max(step => step.Seq) + 1, Note, actor, fields);
    }

    private static JsonObject Body(WorkOrderRow order, IReadOnlyDictionary<string, string> fields, IReadOnlyList<WorkOrderClockRow> started)
    {
        var body = new JsonObject
        {
            ["number"] = order.Number,
            ["day"] = order.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["state"] = WorkOrderJson.Code(order.State),
            ["fields"] = new JsonObject(fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, field.Value))),
        };
        if (started.Count > 0)
            body["clocks"] = new JsonArray([.. started.Select(each => new JsonObject { ["name"] = each.Name, ["due"] = Stamp(each.DueAt), ["source"] = each.Source })]);
        return body;
    }

    private static string Stamp(DateTimeOffset at) => at.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
