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

/// <summary>A frame that stayed without an answer through all its resends.</summary>
/// <param name="Source">Which one.</param>
/// <param name="Command">CN.</param>
/// <param name="HasQn">Its answer can be told from others'.</param>
/// <param name="FirstSentAt">When it went out first.</param>
/// <param name="GiveUpAt">When the connection counts as dead, unless it has answered something sent later by then.</param>
internal readonly record struct Overdue(FrameId Source, int Command, bool HasQn, DateTimeOffset FirstSentAt, DateTimeOffset GiveUpAt);

/// <summary>Frames of one lane on one connection that wait for their 9014, in the order of the log. The position moves only over what is done without a gap, so that whatever happens nothing is passed over. No clock, no socket.</summary>
internal sealed class ForwardWindow(LinkTiming timing)
{
    private readonly LinkedList<Entry> _entries = new();
    private readonly List<LinkedListNode<Entry>> _sent = []; // those that may still be answered, oldest first: few, while thousands may be kept back

    /// <summary>Frames that were sent and may still be answered in time.</summary>
    public int Waiting => _sent.Count(node => node.Value.State is EntryState.Waiting);

    public int Count => _entries.Count;

    public bool IsEmpty => _entries.Count is 0;

    /// <summary>The newest place of the log that was handed in; null before the first.</summary>
    public FrameId? Newest { get; private set; }

    /// <summary>When <see cref="Tick"/> has something to do; null when nothing waits.</summary>
    public DateTimeOffset? NextDueAt => _sent.Select(node => (DateTimeOffset?)(node.Value.State is EntryState.Waiting ? node.Value.Exchange!.DueAt : GiveUpAt(node.Value))).Min();

    /// <summary>What stayed unanswered; the connection decides what that means.</summary>
    public IEnumerable<Overdue> Overdue => _sent.Select(node => node.Value).Where(entry => entry.State is EntryState.Overdue).Select(entry => new Overdue(entry.Source, entry.Command, entry.Frame!.Qn.Length > 0, entry.SentAt, GiveUpAt(entry)));

    /// <summary>A frame with this MN and QN may still be answered: another one's answer could not be told from its.</summary>
    public bool Awaits(string mn, string qn) => _sent.Exists(node => node.Value.Frame!.Mn == mn && node.Value.Frame.Qn == qn);

    /// <summary>A frame of the log that is passed: it does not concern this lane, or cannot be written for the target.</summary>
    public void Pass(Outgoing source)
    {
        Newest = source.Source;
        // Of many in a row the last one stands for all.
        if (_entries.Last is { Value.State: EntryState.Passed }) _entries.RemoveLast();
        _entries.AddLast(new Entry(source.Source, source.ReceivedAt, source.Command, null, null, default, Last: true, source.LeftOut ? EntryState.LeftOut : EntryState.Passed));
    }

    /// <summary>A frame that was written to the connection.</summary>
    /// <param name="last">No other frame says the same source again.</param>
    public void Sent(Outgoing source, OutgoingFrame frame, bool last, DateTimeOffset now)
    {
        Newest = source.Source;
        var exchange = LinkExchange.Begin(frame.Mn, frame.Qn, 0, frame.WantsReply ? AnswerKind.DataReply : AnswerKind.None, timing, now);
        var node = _entries.AddLast(new Entry(source.Source, source.ReceivedAt, source.Command, frame, exchange, now, last, exchange.HasEnded ? EntryState.Done : EntryState.Waiting));
        if (!exchange.HasEnded) _sent.Add(node);
    }

    /// <summary>A frame that is kept back while it is not known whether its command is answered at all.</summary>
    public void Defer(Outgoing source)
    {
        Newest = source.Source;
        _entries.AddLast(new Entry(source.Source, source.ReceivedAt, source.Command, null, null, default, Last: true, EntryState.Deferred));
    }

    /// <summary>The frame a 9014 belongs to: its command and when it was sent first; null when there is none.</summary>
    /// <param name="mn">As answered; null or empty belongs to any.</param>
    /// <param name="qn">As answered; empty in 2005, where it belongs to the oldest.</param>
    public (int Command, DateTimeOffset SentAt)? Find(string? mn, string? qn) => NodeOf(mn, qn) is { Value: var entry } ? (entry.Command, entry.SentAt) : null;

    /// <summary>9014 for what <see cref="Find"/> found.</summary>
    public void Answered(string? mn, string? qn)
    {
        if (NodeOf(mn, qn) is not { } node) return;
        node.Value = node.Value with { State = EntryState.Done };
        _sent.Remove(node);
    }

    /// <summary>Frames of <paramref name="command"/> were kept back.</summary>
    public bool HasDeferred(int command) => _entries.Any(entry => entry.State is EntryState.Deferred && entry.Command == command);

    /// <summary>Time has passed: what must be sent again.</summary>
    public IReadOnlyList<OutgoingFrame> Tick(DateTimeOffset now)
    {
        List<OutgoingFrame> resends = [];
        foreach (var node in _sent)
        {
            if (node.Value.State is not EntryState.Waiting) continue;
            var (next, resend) = node.Value.Exchange!.Tick(timing, now);
            if (resend) resends.Add(node.Value.Frame!);
            node.Value = node.Value with { Exchange = next, State = next.HasEnded ? EntryState.Overdue : EntryState.Waiting };
        }

        return resends;
    }

    /// <summary>Takes what waits of <paramref name="command"/> out of this window: another lane will say it.</summary>
    /// <returns>The first of it.</returns>
    public FrameId Leave(int command) => Leave(entry => entry.Command == command);

    /// <summary>Takes one frame of the log out of this window.</summary>
    public FrameId Leave(FrameId source) => Leave(entry => entry.Source == source);

    /// <summary>What is done at the front and was not told before; null when nothing is.</summary>
    public Progress? Advance()
    {
        Progress? progress = null;
        // A source counts when all its frames are done: its last one stands behind the others.
        while (_entries.First is { Value: var entry } && IsDoneToItsLast(entry.Source))
        {
            var left = false;
            while (_entries.First is { Value: var part } && part.Source == entry.Source)
            {
                left |= part.State is EntryState.Left;
                _entries.RemoveFirst();
            }

            progress = new(entry.Source, entry.ReceivedAt, (progress?.Delivered ?? 0) + (entry.Frame is null || left ? 0 : 1), (progress?.LeftOut ?? 0) + (entry.State is EntryState.LeftOut ? 1 : 0));
        }

        return progress;
    }

    private FrameId Leave(Func<Entry, bool> which)
    {
        FrameId? first = null;
        for (var node = _entries.First; node is not null; node = node.Next)
        {
            if (node.Value.State is not (EntryState.Waiting or EntryState.Overdue or EntryState.Deferred) || !which(node.Value)) continue;
            first ??= node.Value.Source;
            node.Value = node.Value with { State = EntryState.Left };
            _sent.Remove(node);
        }

        return first ?? throw new InvalidOperationException("Nothing of it waits.");
    }

    private DateTimeOffset GiveUpAt(Entry entry) => entry.Exchange!.DueAt + (entry.Frame!.Qn.Length > 0 ? timing.OverTime * (timing.Resends + 1) : TimeSpan.Zero);

    private LinkedListNode<Entry>? NodeOf(string? mn, string? qn) => _sent.Find(node => IsAnswer(node.Value.Frame!, mn, qn));

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

    private enum EntryState
    {
        /// <summary>Does not concern this lane.</summary>
        Passed,

        /// <summary>Cannot be written for the target.</summary>
        LeftOut,

        /// <summary>Sent, and may still be answered in time.</summary>
        Waiting,

        /// <summary>Stayed without an answer through all resends; a late one still counts.</summary>
        Overdue,

        /// <summary>Not sent: its command is in doubt.</summary>
        Deferred,

        /// <summary>Another lane says it.</summary>
        Left,

        Done,
    }

    /// <param name="Frame">Null when it was not sent.</param>
    private sealed record Entry(FrameId Source, DateTimeOffset ReceivedAt, int Command, OutgoingFrame? Frame, LinkExchange? Exchange, DateTimeOffset SentAt, bool Last, EntryState State)
    {
        public bool IsDone => State is EntryState.Passed or EntryState.LeftOut or EntryState.Left or EntryState.Done;
    }
}
