using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>State, step, ledger entry and live event of a command in one transaction: a step without its entry does not happen.</summary>
internal sealed class CommandRecorder(IElectronicLedger ledger, IEventStream events, TimeProvider clock)
{
    /// <summary>Takes the command to <paramref name="state"/> and writes the step down.</summary>
    public void Step(QingyuanDb db, CommandRow command, CommandState state, Actor actor, IReadOnlyDictionary<string, string> detail, string? frame = null)
    {
        var now = clock.GetUtcNow();
        command.State = state;
        if (CommandLife.HasEnded(state)) (command.EndedAt, command.Slot, command.DueAt) = (now, null, null);
        var entry = ledger.Record(db, new("om.command." + AlarmTexts.Code(state), command.Subject, command.StationNo, null, actor, now, Body(command, detail, frame)));
        db.Add(new CommandStepRow
        {
            CommandId = command.Id, Seq = ++command.Version, State = state, ActorId = actor.Id, At = now, Detail = StoredTexts.Json(detail), FrameId = frame, LedgerEntryId = entry,
        });
        events.Publish(db, "command.changed", command.StationNo, new { command.Id, command.StationNo, command.Operation, state = AlarmTexts.Code(state) });
    }

    private static JsonObject Body(CommandRow command, IReadOnlyDictionary<string, string> detail, string? frame)
    {
        var body = new JsonObject
        {
            ["operation"] = command.Operation,
            ["parameters"] = Texts(StoredTexts.Read(command.Parameters)),
            ["reason"] = command.Reason,
            ["rule"] = CommandLife.Id.ToString(),
        };
        if (command.WorkOrder is { } order) body["workOrder"] = order.ToString();
        if (command.Qn is { } qn) body["qn"] = qn;
        if (frame is not null) body["frame"] = frame;
        if (detail.Count > 0) body["detail"] = Texts(detail);
        if (CommandLife.HasEnded(command.State) && command.SentAt is { } sent)
        {
            body["sentAt"] = sent.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            body["before"] = Texts(StoredTexts.Read(command.Before));
            body["after"] = Texts(StoredTexts.Read(command.After));
            body["result"] = Texts(StoredTexts.Read(command.Result));
        }

        return body;
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> texts) => new(texts.Select(each => KeyValuePair.Create<string, JsonNode?>(each.Key, each.Value)));
}
