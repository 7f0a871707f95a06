using System.Security.Cryptography;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Console.Stations.Frames;

/// <summary>A frame with everything that hangs on it.</summary>
/// <param name="Readings">The values decoded from it, as stored.</param>
/// <param name="Alarms">Alarms that name it.</param>
/// <param name="Digest">The hourly digest that seals it, null until its hour is over.</param>
public sealed record TracedFrame(
    StoredFrame? Frame, string Text, string Hex, string Sha256, IReadOnlyList<ReportedValues> Readings, IReadOnlyList<AlarmView> Alarms, LedgerEntryView? Digest);

/// <summary>From a point back to its bytes, and on to its judgement and its evidence.</summary>
internal sealed class FrameTrace(IFrameReader frames, ITelemetryReader telemetry, IAlarmDesk alarms, ILedgerReader ledger)
{
    private const string DigestKind = "frames.hourly-digest";

    public async Task<TracedFrame> FindAsync(StationInfo station, string id)
    {
        var frame = FrameId.TryParse(id, out var frameId) ? await frames.FindAsync(frameId, default) : null;
        if (frame is null || frame.Arrival.StationNo != station.StationNo) return new(null, "", "", "", [], [], null);
        var named = (await alarms.ListAsync(new(station.StationNo, Limit: 200), null, default)).Items.Where(alarm => alarm.Frame == id).ToList();
        return new(frame, FrameText.Of(frame.Bytes.Span), FrameText.Hex(frame.Bytes.Span), Convert.ToHexStringLower(SHA256.HashData(frame.Bytes.Span)),
            await ReadingsAsync(station, frame), named, await DigestAsync(frame));
    }

    private async Task<IReadOnlyList<ReportedValues>> ReadingsAsync(StationInfo station, StoredFrame frame)
    {
        if (FrameText.DataTime(frame.Bytes.Span) is not { } at) return [];
        List<ReportedValues> found = [];
        foreach (var resolution in Enum.GetValues<Resolution>())
            found.AddRange((await telemetry.ReadAllAsync(station.StationNo, resolution, at.AddSeconds(-1), at.AddSeconds(1), default)).Where(reading => reading.Frame == frame.Id));
        return found;
    }

    /// <summary>The digest of an hour is written soon after it ends: the first one recorded after the frame's own hour.</summary>
    private async Task<LedgerEntryView?> DigestAsync(StoredFrame frame)
    {
        var received = frame.Arrival.ReceivedAt;
        var end = new DateTimeOffset(received.Year, received.Month, received.Day, received.Hour, 0, 0, received.Offset).AddHours(1);
        var page = await ledger.ListAsync(new(KindPrefix: DigestKind, From: end, To: end.AddHours(1), Limit: 50), default);
        return page.Items is [.., var oldest] ? oldest : null;
    }
}
