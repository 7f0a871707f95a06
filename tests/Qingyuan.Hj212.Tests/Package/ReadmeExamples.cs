using System.Buffers;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Explaining;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Package;

/// <summary>The examples of the library's README, word for word.</summary>
internal static class ReadmeExamples
{
    public static void Intake(byte[] received, List<(string, string)> values, IBufferWriter<byte> output)
    {
        Span<byte> scratch = stackalloc byte[FrameLimits.Default.MaxSegment];
        var buffer = new ReadOnlySequence<byte>(received);
        while (FrameCutter.TryCut(ref buffer, out var cut) == FrameStatus.Complete)
        {
            if (!SegmentHeader.TryParse(cut.SegmentSpan(scratch), out var header, out _)) continue;
            foreach (var item in new DataAreaReader(header.Area))
                if (item.Suffix.SequenceEqual("Rtd"u8)) values.Add((WireText.Decode(item.Code), WireText.Decode(item.Value)));
            if (header.WantsReply) Replies.WriteDataReply(output, header); // only when the data are kept
        }
    }

    public static Clock? Typed(DateTime now, byte[] segment, IBufferWriter<byte> output)
    {
        CommandCatalogue.Default.TryFind(1012, Edition.V2017, Sender.Host, out var setClock);
        var message = Message.Of(setClock!, new Clock(Factor: null, Time: now)) with { Qn = FrameBuilder.QnAt(now), St = "32", Pw = "123456", Mn = "010000A8900016F000169DC0" };
        MessageWriter.Write(message, output);

        var reading = MessageReader.Read(segment, Sender.Host);
        var clock = (Clock?)reading.Message?.Body; // else reading.Refusal names the field and the reason
        return clock;
    }

    public static void Explain(byte[] received, TextWriter log)
    {
        foreach (var frame in FrameExplanation.Of(received))
            foreach (var piece in frame.Pieces)
            {
                log.WriteLine($"{piece.Offset,5} {piece.Raw}  {piece.Meaning.Zh} / {piece.Meaning.En}");
                foreach (var fault in piece.Faults) log.WriteLine($"      {fault.Rule}: {fault.Text.Zh} ({fault.Clause})");
            }
    }
}
