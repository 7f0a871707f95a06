using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;

namespace Qingyuan.Hj212.Sessions;

/// <summary>The field's end (现场机) of one link, for a logger or a gateway: uploads with resends in a window, and answers requests, each carried out once. No clock, no socket; one caller at a time.</summary>
/// <remarks>
/// Drive it so: <see cref="TryUpload"/> what there is, send what <see cref="TakeFrame"/> gives, pass every message heard to <see cref="Hear"/>, and at <see cref="NextDueAt"/> call <see cref="Tick"/>.
/// An upload that stays unanswered is handed back by <see cref="Tick"/>: it belongs to the application until a 9014 came, so that no outage loses one.
/// </remarks>
/// <param name="mn">The logger's MN; requests for another are refused with QnRtn 4.</param>
/// <param name="pw">The password requests must carry, and uploads do.</param>
/// <param name="timing">How long to wait for the host.</param>
/// <param name="sendGap">Between the starts of two frames.</param>
/// <param name="window">Uploads that may wait for their 9014.</param>
public sealed class LoggerSession(string mn, string pw, LinkTiming timing, TimeSpan sendGap = default, int window = 16)
{
    private const int Remembered = 64;
    private readonly Dictionary<string, (OpenExchange Open, Message Upload)> _uploads = [];
    private readonly Dictionary<string, List<byte[]>> _answers = [];
    private readonly Queue<string> _oldest = new();
    private readonly Outbox _out = new(sendGap, int.MaxValue); // bounded by window and by what the application answers

    /// <summary>No further upload is taken: the host does not keep up.</summary>
    public bool IsFull => _uploads.Count >= window;

    /// <summary>When <see cref="Tick"/> or <see cref="TakeFrame"/> has something to do; null when nothing is open.</summary>
    public DateTimeOffset? NextDueAt
    {
        get
        {
            var due = _out.DueAt;
            foreach (var (open, _) in _uploads.Values)
                if (due is null || open.Exchange.DueAt < due) due = open.Exchange.DueAt;
            return due;
        }
    }

    /// <summary>Sends an upload or a notice. False when the window is full, or its QN is under way already.</summary>
    /// <exception cref="ArgumentException">A text of the message holds a separator.</exception>
    public bool TryUpload(Message upload, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var answer = !upload.WantsReply ? AnswerKind.None : upload.Role is MessageRole.Notice ? AnswerKind.NoticeReply : AnswerKind.DataReply;
        if (answer is not AnswerKind.None && (IsFull || upload.Qn is null || _uploads.ContainsKey(upload.Qn))) return false;
        var frame = MessageWriter.ToBytes(upload with { Mn = mn, Pw = pw });
        _out.TryAdd(frame);
        if (answer is not AnswerKind.None) _uploads.Add(upload.Qn!, (new(Exchange.Begin(mn, upload.Qn!, upload.Command, answer, timing, now), [.. frame]), upload));
        return true;
    }

    /// <summary>Takes what the host sent. A request whose QN was heard before is answered as before and not carried out again.</summary>
    public Heard Hear(Message heard, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(heard);
        if (heard.Command is CommandCode.DataReply or CommandCode.NoticeReply) return Uploaded(heard, now);
        if (heard is not { Qn: { } qn, Role: MessageRole.Request or MessageRole.Notice }) return default;
        if (_answers.TryGetValue(qn, out var before))
        {
            foreach (var frame in before) _out.TryAdd(frame);
            return default;
        }

        Remember(qn);
        if (heard.Mn != mn || heard.Pw != pw)
        {
            Reply(heard, heard.Mn != mn ? RequestResult.WrongMn : RequestResult.WrongPassword);
            return default;
        }

        if (heard.Role is MessageRole.Request) return new(HeardKind.Request, heard, qn);
        if (heard.WantsReply) Answer(heard, CommandCode.NoticeReply, new NoParameters());
        return new(HeardKind.Notice, heard, qn);
    }

    /// <summary>9011 to a request. Anything but ready ends it.</summary>
    public void Reply(Message request, RequestResult result) => Answer(request, CommandCode.RequestReply, new RequestReply(result));

    /// <summary>What a request asked for, with the request's QN and ST.</summary>
    public void Data(Message request, Body body)
    {
        ArgumentNullException.ThrowIfNull(request);
        Send(request.Qn!, new(request.Edition, request.Command, MessageRole.ReplyData, body) { Qn = request.Qn, St = request.St, Pw = pw, Mn = mn });
    }

    /// <summary>9012: how it ended.</summary>
    public void Finish(Message request, ExecutionResult result) => Answer(request, CommandCode.ExecutionReply, new ExecutionReply(result));

    /// <summary>Time has passed: resends what is due, and returns the uploads that stayed unanswered.</summary>
    public IReadOnlyList<Message> Tick(DateTimeOffset now)
    {
        List<Message> unanswered = [];
        foreach (var (qn, (open, upload)) in _uploads.Where(each => each.Value.Open.Exchange.DueAt <= now).ToList())
        {
            var (next, resend) = open.Exchange.Tick(timing, now);
            if (resend) _out.TryAdd([.. open.Frame]);
            if (next.HasEnded) unanswered.Add(upload);
            if (next.HasEnded) _uploads.Remove(qn);
            else _uploads[qn] = (open with { Exchange = next }, upload);
        }

        return unanswered;
    }

    /// <summary>The next frame to send now; null when none is due.</summary>
    public byte[]? TakeFrame(DateTimeOffset now) => _out.TryTake(now);

    private Heard Uploaded(Message reply, DateTimeOffset now)
    {
        if (reply.Qn is not { } qn || !_uploads.TryGetValue(qn, out var waiting)) return default;
        var kind = reply.Command is CommandCode.DataReply ? AnswerKind.DataReply : AnswerKind.NoticeReply;
        if (!waiting.Open.Exchange.Received(kind, now).HasEnded) return default;
        _uploads.Remove(qn);
        return new(HeardKind.Uploaded, null, qn);
    }

    private void Answer(Message request, int command, Body body)
    {
        ArgumentNullException.ThrowIfNull(request);
        Send(request.Qn!, new(request.Edition, command, MessageRole.Reply, body) { Qn = request.Qn, St = "91", Pw = request.Pw, Mn = request.Mn });
    }

    private void Send(string qn, Message message)
    {
        var frame = MessageWriter.ToBytes(message);
        _out.TryAdd(frame);
        if (_answers.TryGetValue(qn, out var kept)) kept.Add(frame);
    }

    private void Remember(string qn)
    {
        _answers.Add(qn, []);
        _oldest.Enqueue(qn);
        if (_oldest.Count > Remembered) _answers.Remove(_oldest.Dequeue());
    }
}
