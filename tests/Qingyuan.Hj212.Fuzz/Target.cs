using System.Buffers;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Explaining;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Security;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Fuzz;

/// <summary>Everything the library does with bytes from a stranger. Throws when something that always holds does not.</summary>
internal static class Target
{
    private const int Largest = 16 * 1024;
    private static readonly Sm4 Key = new("0000000000000000"u8);

    public static void Run(byte[] bytes)
    {
        if (bytes.Length > Largest) return;
        var whole = Cut(bytes, bytes.Length);
        Require(Cut(bytes, 7).SequenceEqual(whole), "cut in sevens it gives other frames");
        Require(whole.Sum(each => (long)each.Length) <= bytes.Length, "more bytes came out than went in");
        var explained = FrameExplanation.Of(bytes);
        Require(explained.All(frame => frame.Pieces.Sum(piece => piece.Length) == frame.Length), "an explanation leaves bytes out");
        var buffer = new ReadOnlySequence<byte>(bytes);
        while (FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is var status && status is not FrameStatus.Incomplete)
            if (status is not FrameStatus.Skipped) Read(cut);
    }

    private static List<(FrameStatus Status, FrameRejection Why, FrameNotes Notes, long Length)> Cut(byte[] bytes, int step)
    {
        var found = new List<(FrameStatus, FrameRejection, FrameNotes, long)>();
        var held = new List<byte>();
        for (var at = 0; at < bytes.Length; at += Math.Max(1, step))
        {
            held.AddRange(bytes.AsSpan(at, Math.Min(step, bytes.Length - at)));
            Take(held, found, LineState.Flowing);
        }

        Take(held, found, LineState.Ended);
        // Rubbish may be skipped in more than one piece: how it is cut says nothing.
        return [.. found.Where(each => each.Item1 is not FrameStatus.Skipped)];
    }

    private static void Take(List<byte> held, List<(FrameStatus, FrameRejection, FrameNotes, long)> found, LineState line)
    {
        var buffer = new ReadOnlySequence<byte>(held.ToArray());
        while (FrameCutter.TryCut(ref buffer, out var cut, line) is var status && status is not FrameStatus.Incomplete) found.Add((status, cut.Why, cut.Notes, cut.Frame.Length));
        held.RemoveRange(0, held.Count - (int)buffer.Length);
    }

    private static void Read(in FrameCut cut)
    {
        var segment = cut.Segment.ToArray();
        StrictCheck.Of(cut);
        FrameDecoder.Decode(cut);
        EncryptedSegment.TryOpen(segment, cut.ReceivedCrc, Key);
        EncryptedSegment.MayBe(segment);
        if (!SegmentHeader.TryParse(segment, out var header, out _)) return;
        FactorValues.Read(header.Area, []);
        foreach (var sender in (Sender[])[Sender.Field, Sender.Host])
            if (MessageReader.Read(header, sender) is { Message: { } message, LeftOver.Count: 0 }) Back(message, sender);
    }

    /// <summary>What was read whole says the same when it is written and read again.</summary>
    private static void Back(Message message, Sender sender)
    {
        byte[] frame;
        try
        {
            frame = MessageWriter.ToBytes(message);
        }
        catch (ArgumentException)
        {
            return; // a text with a separator, which only tolerance reads
        }

        var buffer = new ReadOnlySequence<byte>(frame);
        Require(FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is FrameStatus.Complete, "a written frame is not whole");
        var again = MessageReader.Read(cut.Segment.ToArray(), sender).Message;
        Require(again is not null && again.Command == message.Command, "a written message reads as another");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidOperationException(otherwise);
    }
}
