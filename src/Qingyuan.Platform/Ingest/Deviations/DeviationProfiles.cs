using System.Buffers;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Splitting;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Sensors;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Deviations;

/// <summary>Holds the strict verdict against what a logger really sent.</summary>
internal sealed class DeviationProfiles(IFrameReader frames, IFrameOpener opener, TimeProvider time) : IDeviations
{
    /// <summary>Frames looked at: at one a minute the last eight hours.</summary>
    private const int Newest = 500;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public async Task<DeviationProfile> OfAsync(string mn, CancellationToken ct)
    {
        var looked = (await frames.NewestAsync(mn, null, Newest, null, ct)).Items.Where(frame => frame.Arrival.Verdict is not FrameVerdict.Imported && !SensorReport.IsOne(frame.Bytes.Span)).ToList();
        var found = looked.SelectMany(frame => Rules(opener.Open(frame)).Select(rule => (Frame: frame, rule.Rule, rule.Clause))).Concat(Torn(looked))
            .GroupBy(each => each.Rule)
            .Select(group => new Deviation(group.Key, NoteTexts.Of(group.Key), group.First().Clause, group.Count(), group.First().Frame.Arrival.ReceivedAt, group.First().Frame.Id))
            .OrderByDescending(deviation => deviation.Frames).ThenBy(deviation => deviation.Rule, StringComparer.Ordinal);
        return new(looked.Count, looked.Count > 0 ? looked[^1].Arrival.ReceivedAt : null, [.. found]);
    }

    /// <summary>Split uploads of which a part did not come within the window: values are kept all the same, what was in the missing part is not there.</summary>
    private IEnumerable<(StoredFrame Frame, string Rule, string Clause)> Torn(List<StoredFrame> looked)
    {
        var joiner = new PacketJoiner<StoredFrame>(Window);
        foreach (var frame in Enumerable.Reverse(looked).Where(frame => frame.Arrival.Verdict is FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes))
        {
            var buffer = new ReadOnlySequence<byte>(opener.Open(frame).Bytes);
            if (FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is FrameStatus.Complete && SegmentHeader.TryParse(cut.SegmentSpan([]), out var header, out _)) joiner.Add(header, frame, frame.Arrival.ReceivedAt, out _);
        }

        // The oldest of them may have begun before the frames looked at.
        return joiner.Tick(time.GetUtcNow()).Where(message => message.Parts[0].Arrival.ReceivedAt - looked[^1].Arrival.ReceivedAt > Window).Select(message => (message.Parts[0], "PartMissing", "HJ 212-2017 6.3.2 表3"));
    }

    /// <summary>Each rule once a frame, however often it is broken in it.</summary>
    private static IEnumerable<(string Rule, string Clause)> Rules(StoredFrame frame)
    {
        var buffer = new ReadOnlySequence<byte>(frame.Bytes);
        return FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is FrameStatus.Complete or FrameStatus.Rejected
            ? StrictCheck.Of(cut).Select(violation => (violation.Rule, violation.Clause)).Distinct()
            : [];
    }
}
