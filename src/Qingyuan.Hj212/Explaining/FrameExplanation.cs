using System.Buffers;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Explaining;

/// <summary>The protocol inspector: any bytes, piece by piece, in words of both languages, with clause and fault. For people; it allocates.</summary>
public static class FrameExplanation
{
    /// <summary>Explains everything in <paramref name="bytes"/>, in order. The pieces of all frames together are all the bytes.</summary>
    /// <param name="bytes">One frame, several, or anything else.</param>
    /// <param name="catalogue">Defaults to <see cref="CommandCatalogue.Default"/>.</param>
    public static IReadOnlyList<ExplainedFrame> Of(ReadOnlyMemory<byte> bytes, CommandCatalogue? catalogue = null)
    {
        var frames = new List<ExplainedFrame>();
        var rest = new ReadOnlySequence<byte>(bytes);
        var at = 0;
        while (FrameCutter.TryCut(ref rest, out var cut, LineState.Ended) != FrameStatus.Incomplete)
        {
            var start = bytes.Length - (int)rest.Length - (int)cut.Frame.Length;
            if (start > at) frames.Add(FrameExplainer.Blank(bytes.Span, at, start));
            frames.Add(new FrameExplainer(bytes, start, cut, catalogue ?? CommandCatalogue.Default).Explain());
            at = bytes.Length - (int)rest.Length;
        }
        if (at < bytes.Length) frames.Add(FrameExplainer.Blank(bytes.Span, at, bytes.Length));
        return frames;
    }
}
