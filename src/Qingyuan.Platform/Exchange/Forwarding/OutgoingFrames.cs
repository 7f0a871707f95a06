using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Relaying;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>Makes of a stored frame what a target gets: by station, command and nothing else. A pure function of the frame, so that a frame sent again after a crash has the same bytes and the target knows it again.</summary>
internal static class OutgoingFrames
{
    /// <param name="frame">As stored.</param>
    /// <param name="opened">The same with a plain area.</param>
    /// <param name="target">Where to.</param>
    /// <param name="resent">It was received while the target could not be reached.</param>
    public static Outgoing For(StoredFrame frame, StoredFrame opened, TargetSetup target, bool resent)
    {
        var nothing = new Outgoing(frame.Id, frame.Arrival.ReceivedAt, 0, [], false);
        if (frame.Arrival.Verdict is not (FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes) || !target.Profiles.TryGetValue(frame.Arrival.StationNo, out var profile)) return nothing;
        var buffer = new ReadOnlySequence<byte>(opened.Bytes);
        if (FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is not FrameStatus.Complete || !SegmentHeader.TryParse(cut.SegmentSpan([]), out var header, out _)) return nothing;
        // 3015, 3019 and 3020 without the wish for an answer reply to a question of ours.
        if (!target.Commands.Contains(header.Command) || (header.Command >= 3000 && !header.WantsReply)) return nothing;
        nothing = nothing with { Command = header.Command };
        if (target.ByteExact) return nothing with { Frames = [new(frame.Id, frame.Arrival.ReceivedAt, Text(header.Mn), Text(header.Qn), header.WantsReply, frame.Bytes.ToArray())] };
        return Rebuilt(frame, header, profile, resent) is { } frames ? nothing with { Frames = frames } : nothing with { LeftOut = true };
    }

    private static List<OutgoingFrame>? Rebuilt(StoredFrame frame, in SegmentHeader header, RelayProfile profile, bool resent)
    {
        var at = StationClock.Wall(frame.Arrival.ReceivedAt);
        var first = header.Qn.Length is 17 && !header.QnInArea ? Text(header.Qn) : FrameBuilder.QnAt(at.AddMilliseconds(frame.Id.Ordinal));
        List<string> names = [first];
        var bytes = FrameRelay.Rebuild(header, profile, first, () =>
        {
            // Parts count on from the first: no two of one frame share a QN, and a frame built again gets the same.
            names.Add(WireTime.TryParse(Encoding.ASCII.GetBytes(names[0]), out var start) ? FrameBuilder.QnAt(start.AddMilliseconds(names.Count)) : names[0]);
            return names[^1];
        }, resent);
        return bytes?.Select((each, part) => new OutgoingFrame(frame.Id, frame.Arrival.ReceivedAt, profile.Mn, profile.Edition is Edition.V2005 ? "" : names[part], profile.WantsReply, each)).ToList();
    }

    private static string Text(ReadOnlySpan<byte> bytes) => WireText.Decode(bytes);
}
