using System.Collections.Immutable;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;

namespace Qingyuan.Hj212.Sessions;

/// <summary>An exchange with the bytes of its question, so that it can be sent again.</summary>
/// <param name="Exchange">Where it stands.</param>
/// <param name="Frame">The whole frame, <c>##</c> to CR LF.</param>
public sealed record OpenExchange(Exchange Exchange, ImmutableArray<byte> Frame);

/// <summary>Why a host session does not ask.</summary>
public enum AskRefusal
{
    /// <summary>It asks.</summary>
    None,

    /// <summary>The message has no QN or no MN, or is none a host sends to be answered.</summary>
    NotAQuestion,

    /// <summary>An exchange with this MN and QN is open.</summary>
    QnInUse,

    /// <summary>A parameter that measured values are computed with: on site only.</summary>
    ParameterForbidden,

    /// <summary>As many exchanges or frames as may be are open.</summary>
    Busy,
}

/// <summary>The host's end (上位机) of one link: asks, resends, and tells what became of each question. Exchanges interleave freely. No clock, no socket; one caller at a time.</summary>
/// <remarks>Drive it so: <see cref="Ask"/>, then send what <see cref="TakeFrame"/> gives; pass every message heard to <see cref="Hear"/>; at <see cref="NextDueAt"/> call <see cref="Tick"/>.</remarks>
public sealed class HostSession(LinkTiming timing, TimeSpan sendGap = default, int most = 64)
{
    private readonly Dictionary<(string Mn, string Qn), OpenExchange> _open = [];
    private readonly Outbox _out = new(sendGap, most * 2);

    /// <summary>The open exchanges, to be kept across a restart or carried to another link.</summary>
    public IReadOnlyCollection<OpenExchange> Open => _open.Values;

    /// <summary>When <see cref="Tick"/> or <see cref="TakeFrame"/> has something to do; null when nothing is open.</summary>
    public DateTimeOffset? NextDueAt
    {
        get
        {
            var due = _out.DueAt;
            foreach (var open in _open.Values)
                if (due is null || open.Exchange.DueAt < due) due = open.Exchange.DueAt;
            return due;
        }
    }

    /// <summary>Goes on with exchanges of an earlier session; each is sent again when its time has come.</summary>
    public void Resume(IEnumerable<OpenExchange> exchanges)
    {
        ArgumentNullException.ThrowIfNull(exchanges);
        foreach (var open in exchanges)
            if (!open.Exchange.HasEnded) _open[(open.Exchange.Mn, open.Exchange.Qn)] = open;
    }

    /// <summary>Asks; the frame waits in <see cref="TakeFrame"/>.</summary>
    /// <exception cref="ArgumentException">A text of the message holds a separator.</exception>
    public AskRefusal Ask(Message question, DateTimeOffset now, AnswerKind answer)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question is not { Qn: { } qn, Mn: { } mn, Role: MessageRole.Request or MessageRole.Notice }) return AskRefusal.NotAQuestion;
        if (ParameterGuard.Forbids(question)) return AskRefusal.ParameterForbidden;
        if (_open.ContainsKey((mn, qn))) return AskRefusal.QnInUse;
        if (_open.Count >= most || _out.IsFull) return AskRefusal.Busy;
        var frame = MessageWriter.ToBytes(question);
        _out.TryAdd(frame);
        var exchange = Exchange.Begin(mn, qn, question.Command, answer, timing, now);
        if (!exchange.HasEnded) _open.Add((mn, qn), new(exchange, [.. frame]));
        return AskRefusal.None;
    }

    /// <summary>What a message from the field changes; null when it belongs to no open exchange. An exchange that ended is forgotten.</summary>
    public Exchange? Hear(Message heard, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(heard);
        if (heard is not { Qn: { } qn, Mn: { } mn } || !_open.TryGetValue((mn, qn), out var open)) return null;
        var next = heard.Body switch
        {
            RequestReply reply => open.Exchange.RequestReplied(reply.Result, timing, now),
            ExecutionReply reply => open.Exchange.Executed(reply.Result, now),
            _ when heard.Command is CommandCode.NoticeReply => open.Exchange.Received(AnswerKind.NoticeReply, now),
            _ when heard.Command == open.Exchange.Command => open.Exchange.DataCame(timing, now),
            _ => open.Exchange,
        };
        if (next == open.Exchange) return null;
        Keep(open with { Exchange = next });
        return next;
    }

    /// <summary>Time has passed: resends what is due, and returns the exchanges that ended unanswered.</summary>
    public IReadOnlyList<Exchange> Tick(DateTimeOffset now)
    {
        List<Exchange> ended = [];
        foreach (var open in _open.Values.Where(open => open.Exchange.DueAt <= now).ToList())
        {
            var (next, resend) = open.Exchange.Tick(timing, now);
            if (resend && !_out.TryAdd([.. open.Frame])) continue; // the link takes nothing: this send has not happened
            if (next.HasEnded) ended.Add(next);
            Keep(open with { Exchange = next });
        }

        return ended;
    }

    /// <summary>The next frame to send now; null when none is due.</summary>
    public byte[]? TakeFrame(DateTimeOffset now) => _out.TryTake(now);

    private void Keep(OpenExchange open)
    {
        var key = (open.Exchange.Mn, open.Exchange.Qn);
        if (open.Exchange.HasEnded) _open.Remove(key);
        else _open[key] = open;
    }
}
