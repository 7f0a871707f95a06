using System.Buffers;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>Takes what devices answer to their commands. The frames come from the log, so that none is missed over a crash and each is heard again without harm.</summary>
internal sealed class ReplyHearing(IDatabase database, CommandAct acts, IStationDirectory stations, Organisation organisation) : IFieldReplies
{
    private const int MostFields = 200;

    public async Task HeardAsync(FieldReply reply, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (Read(reply.Bytes) is not { Qn: { } qn } message || await FindAsync(reply.StationNo, qn, ct) is not { } id) return;
        var fields = message.Body is RequestReply or ExecutionReply ? [] : Fields(reply.Bytes);
        var snapshot = await acts.SnapshotAsync(reply.StationNo);
        await acts.OnAsync(id, (db, command, token) => TakeAsync(db, command, message, fields, reply, snapshot, token), ct);
    }

    private async Task<bool> TakeAsync(
        QingyuanDb db, CommandRow command, Message message, Dictionary<string, string> fields, FieldReply reply, StationSnapshot snapshot, CancellationToken ct)
    {
        var (frame, exchange, timing, at) = (reply.Frame.ToString(), CommandAct.Exchange(command), acts.Timing(command), reply.ReceivedAt);
        if (exchange.HasEnded || await db.Set<CommandStepRow>().AnyAsync(row => row.CommandId == command.Id && row.FrameId == frame, ct)) return false;
        // Waiting goes on from now, not from when the frame came: it may have lain in the log while we were down.
        var next = message.Body switch
        {
            RequestReply said => exchange.RequestReplied(said.Result, timing, acts.Now),
            ExecutionReply said => exchange.Executed(said.Result, acts.Now),
            _ => exchange.DataCame(timing, acts.Now),
        };
        if (next == exchange) return false;
        var detail = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        if (next.Code is { } code) detail[message.Body is RequestReply ? "QnRtn" : "ExeRtn"] = code.ToString(CultureInfo.InvariantCulture);
        if (fields.Count > 0) command.Result = StoredTexts.Json(Merged(StoredTexts.Read(command.Result), fields));
        await acts.FollowAsync(db, command, next, at, Device(reply.StationNo), detail, frame, snapshot, ct);
        return true;
    }

    private Actor Device(int stationNo) => new("d:" + (stations.Get(stationNo)?.Mn ?? ""), "device", organisation.Code, "device");

    private async Task<Guid?> FindAsync(int stationNo, string qn, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<CommandRow>().Where(row => row.StationNo == stationNo && row.Qn == qn && row.EndedAt == null).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(ct);
    }

    private static Dictionary<string, string> Merged(Dictionary<string, string> before, Dictionary<string, string> fields)
    {
        foreach (var (name, value) in fields) before[name] = value;
        return before;
    }

    private static Message? Read(ReadOnlyMemory<byte> bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        return FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is FrameStatus.Complete ? MessageReader.Read(cut.SegmentSpan([]), Sender.Field).Message : null;
    }

    private static Dictionary<string, string> Fields(ReadOnlyMemory<byte> bytes)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var buffer = new ReadOnlySequence<byte>(bytes);
        if (FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is not FrameStatus.Complete || !SegmentHeader.TryParse(cut.SegmentSpan([]), out var header, out _)) return fields;
        foreach (var item in new DataAreaReader(header.Area))
            if (fields.Count < MostFields && !item.Name.SequenceEqual("QN"u8)) fields[WireText.Decode(item.Name)] = WireText.Decode(item.Value);
        return fields;
    }
}
