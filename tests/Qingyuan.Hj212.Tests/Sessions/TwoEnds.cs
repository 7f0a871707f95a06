using System.Buffers;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Sessions;

namespace Qingyuan.Hj212.Tests.Sessions;

/// <summary>A host and a logger joined by bytes that a line may lose, double or hold up; time is a number that the test moves.</summary>
internal sealed class TwoEnds
{
    public const string Mn = "010000A8900016F000169DC0";
    public const string Pw = "123456";
    private readonly List<(DateTimeOffset At, bool ToField, byte[] Frame)> _line = [];
    private readonly QnSource _qn = new();

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));

    public HostSession Host { get; private set; } = new(LinkTiming.Mobile);

    public LoggerSession Logger { get; } = new(Mn, Pw, LinkTiming.Mobile);

    /// <summary>What the line does to a frame: after how many seconds each of its copies arrives.</summary>
    public Func<double[]> Line { get; set; } = static () => [0.1];

    /// <summary>QNs of what the logger carried out, in order.</summary>
    public List<string> CarriedOut { get; } = [];

    /// <summary>Exchanges of the host that ended.</summary>
    public List<Exchange> Ended { get; } = [];

    /// <summary>Every frame the host sent.</summary>
    public List<string> Sent { get; } = [];

    public List<string> Taken { get; } = [];

    public List<Message> Unanswered { get; } = [];

    public string Ask(int command, Body body)
    {
        Assert.True(CommandCatalogue.Default.TryFind(command, Edition.V2017, Sender.Host, out var spec));
        var qn = _qn.Next(Now.DateTime);
        Assert.Equal(AskRefusal.None, Host.Ask(Message.Of(spec, body) with { Qn = qn, St = "32", Pw = Pw, Mn = Mn }, Now, spec.Answer));
        return qn;
    }

    public string Upload()
    {
        Assert.True(CommandCatalogue.Default.TryFind(2021, Edition.V2017, Sender.Field, out var spec));
        var qn = _qn.Next(Now.DateTime);
        Assert.True(Logger.TryUpload(Message.Of(spec, MessageReader.Read(Segment("DataTime=20260301080000;SB1-RS=1"), Sender.Field).Message!.Body) with { Qn = qn, St = "32" }, Now));
        return qn;

        static byte[] Segment(string area) => System.Text.Encoding.ASCII.GetBytes("QN=1;ST=32;CN=2021;PW=1;MN=1;Flag=5;CP=&&" + area + "&&");
    }

    /// <summary>The host's process dies and another one goes on with what was kept.</summary>
    public void RestartHost()
    {
        var kept = Host.Open.ToList();
        Host = new(LinkTiming.Mobile);
        Host.Resume(kept);
    }

    public void Run(double seconds)
    {
        var end = Now.AddSeconds(seconds);
        for (; Now < end; Now = Now.AddSeconds(0.1))
        {
            Deliver();
            Ended.AddRange(Host.Tick(Now));
            Unanswered.AddRange(Logger.Tick(Now));
            while (Host.TakeFrame(Now) is { } frame)
            {
                Sent.Add(System.Text.Encoding.ASCII.GetString(frame));
                Put(frame, toField: true);
            }

            while (Logger.TakeFrame(Now) is { } frame) Put(frame, toField: false);
        }
    }

    private void Put(byte[] frame, bool toField)
    {
        foreach (var after in Line()) _line.Add((Now.AddSeconds(after), toField, frame));
    }

    private void Deliver()
    {
        foreach (var (at, toField, frame) in _line.Where(each => each.At <= Now).OrderBy(each => each.At).ToList())
        {
            _line.Remove((at, toField, frame));
            if (toField) Field(Read(frame, Sender.Host));
            else if (Host.Hear(Read(frame, Sender.Field), Now) is { HasEnded: true } ended) Ended.Add(ended);
            else if (!toField && Read(frame, Sender.Field) is { Role: MessageRole.Upload, Qn: { } qn } upload) Take(upload, qn);
        }
    }

    private void Take(Message upload, string qn)
    {
        if (!Taken.Contains(qn)) Taken.Add(qn);
        var output = new ArrayBufferWriter<byte>();
        MessageWriter.Write(new(upload.Edition, CommandCode.DataReply, MessageRole.Reply, new NoParameters()) { Qn = qn, St = "91", Pw = upload.Pw, Mn = upload.Mn }, output);
        Put(output.WrittenSpan.ToArray(), toField: true);
    }

    private void Field(Message message)
    {
        var heard = Logger.Hear(message, Now);
        if (heard.Kind is not HeardKind.Request) return;
        Logger.Reply(heard.Message!, RequestResult.Ready);
        CarriedOut.Add(heard.Qn!);
        if (heard.Message!.Command is 1061) Logger.Data(heard.Message, new RealtimeInterval(30));
        Logger.Finish(heard.Message, ExecutionResult.Done);
    }

    private static Message Read(byte[] frame, Sender sender)
    {
        var buffer = new ReadOnlySequence<byte>(frame);
        Assert.Equal(FrameStatus.Complete, FrameCutter.TryCut(ref buffer, out var cut));
        var reading = MessageReader.Read(cut.SegmentSpan([]), sender);
        Assert.True(reading.Message is not null, $"{reading.Refusal} {System.Text.Encoding.ASCII.GetString(frame)}");
        return reading.Message;
    }
}
