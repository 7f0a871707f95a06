using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Sessions;
using Qingyuan.Platform.Telemetry.Contracts;
using LinkExchange = Qingyuan.Hj212.Sessions.Exchange;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>How far forwarding is.</summary>
/// <param name="Through">Every frame up to here is done.</param>
/// <param name="ReceivedAt">When that one came.</param>
/// <param name="Delivered">Frames of the log delivered since the last look.</param>
/// <param name="LeftOut">Frames of the log left out since the last look.</param>
internal readonly record struct Progress(FrameId Through, DateTimeOffset ReceivedAt, int Delivered, int LeftOut);

/// <summary>Frames on one connection that wait for their 9014, in the order of the log. The position moves only over what is done without a gap, so that whatever happens nothing is passed over. No clock, no socket.</summary>
internal sealed class ForwardWindow(LinkTiming timing, int most)
{
    private readonly LinkedList<Entry> _entries = new();

    public bool IsFull => _entries.Count(entry => !entry.IsDone) >= most;

    public bool IsEmpty => _entries.Count is 0;

    /// <summary>When <see cref="Tick"/> has something to do; null when nothing waits.</summary>
    public DateTimeOffset? NextDueAt => _entries.Where(entry => !entry.IsDone).Select(entry => (DateTimeOffset?)entry.Exchange!.DueAt).Min();

    /// <summary>False while a frame with this MN and QN waits: its answer could not be told from the other's.</summary>
    public bool Takes(OutgoingFrame frame) => !IsFull && !_entries.Any(entry => !entry.IsDone && entry.Frame!.Mn == frame.Mn && entry.Frame.Qn == frame.Qn);

    /// <summary>A frame of the log that is passed: it does not concern the target, or cannot be written for it.</summary>
    public void Pass(Outgoing source)
    {
        // Of many in a row the last one stands for all.
        if (_entries.Last is { Value: { Frame: null, LeftOut: false } }) _entries.RemoveLast();
        _entries.AddLast(new Entry(source.Source, source.ReceivedAt, null, null, Last: true, source.LeftOut));
    }

    /// <summary>A frame that was written to the connection.</summary>
    /// <param name="last">No other frame says the same source again.</param>
    public void Sent(OutgoingFrame frame, bool last, DateTimeOffset now) => _entries.AddLast(new Entry(
        frame.Source, frame.ReceivedAt, frame, LinkExchange.Begin(frame.Mn, frame.Qn, 0, frame.WantsReply ? AnswerKind.DataReply : AnswerKind.None, timing, now), last, false));

    /// <summary>9014. False when nothing waits for it.</summary>
    /// <param name="mn">As answered; null in 2005, where it belongs to the oldest.</param>
    /// <param name="qn">As answered; null when it has none.</param>
    public bool Answered(string? mn, string? qn, DateTimeOffset now)
    {
        var node = _entries.First;
        while (node is not null && (node.Value.IsDone || !IsAnswer(node.Value.Frame!, mn, qn))) node = node.Next;
        if (node is null) return false;
        node.Value = node.Value with { Exchange = node.Value.Exchange!.Received(AnswerKind.DataReply, now) };
        return true;
    }

    /// <summary>Time has passed: what must be sent again.</summary>
    /// <returns>Null when a frame and all its resends stayed unanswered: the connection is of no use.</returns>
    public IReadOnlyList<OutgoingFrame>? Tick(DateTimeOffset now)
    {
        List<OutgoingFrame> resends = [];
        for (var node = _entries.First; node is not null; node = node.Next)
        {
            if (node.Value.IsDone) continue;
            var (next, resend) = node.Value.Exchange!.Tick(timing, now);
            if (next.HasEnded) return null;
            if (resend) resends.Add(node.Value.Frame!);
            node.Value = node.Value with { Exchange = next };
        }

        return resends;
    }

    /// <summary>What is done at the front and was not told before; null when nothing is.</summary>
    public Progress? Advance()
    {
        Progress? progress = null;
        // A source counts when all its frames are done: its last one stands behind the others.
        while (_entries.First is { Value: var entry } && IsDoneToItsLast(entry.Source))
        {
            while (_entries.First is { Value: var part } && part.Source == entry.Source) _entries.RemoveFirst();
            progress = new(entry.Source, entry.ReceivedAt, (progress?.Delivered ?? 0) + (entry.Frame is null ? 0 : 1), (progress?.LeftOut ?? 0) + (entry.LeftOut ? 1 : 0));
        }

        return progress;
    }

    private bool IsDoneToItsLast(FrameId source)
    {
        foreach (var entry in _entries)
        {
            if (entry.Source != source || !entry.IsDone) return false;
            if (entry.Last) return true;
        }

        return false;
    }

    private static bool IsAnswer(OutgoingFrame frame, string? mn, string? qn) =>
        string.IsNullOrEmpty(qn) ? frame.Qn.Length is 0 : frame.Qn == qn && (string.IsNullOrEmpty(mn) || frame.Mn == mn);

    /// <param name="Frame">Null when the source was passed.</param>
    private sealed record Entry(FrameId Source, DateTimeOffset ReceivedAt, OutgoingFrame? Frame, LinkExchange? Exchange, bool Last, bool LeftOut)
    {
        public bool IsDone => Exchange?.HasEnded is not false;
    }
}
