using System.Buffers;

namespace Qingyuan.Hj212.Framing;

/// <summary>Cuts frames off a stream of bytes, by their length and never by CR LF: an encrypted data area may hold any byte.</summary>
/// <remarks>
/// <para>Keeps no state, so any number of connections share it. Any splitting of the same bytes gives the same frames.</para>
/// <para>Work per call is bounded by <see cref="FrameLimits.Window"/>, whatever the bytes are, and no frame needs more than that many bytes held.</para>
/// </remarks>
public static class FrameCutter
{
    /// <summary>Cuts what stands at the front of <paramref name="buffer"/> and moves the buffer past it.</summary>
    /// <param name="buffer">Blanks between frames (CR, LF, space, tab) are always consumed; beyond them nothing is while the answer is <see cref="FrameStatus.Incomplete"/>.</param>
    /// <param name="cut">The frame, the refused bytes or the rubbish.</param>
    /// <param name="line">Whether more bytes are to be expected; with <see cref="LineState.Ended"/> the answer is Incomplete only for an empty buffer.</param>
    /// <param name="limits">Defaults to <see cref="FrameLimits.Default"/>.</param>
    public static FrameStatus TryCut(ref ReadOnlySequence<byte> buffer, out FrameCut cut, LineState line = LineState.Flowing, FrameLimits limits = default)
    {
        cut = default;
        SkipBlanks(ref buffer);
        if (buffer.IsEmpty) return FrameStatus.Incomplete;
        var first = buffer.FirstSpan;
        var decision = first[0] != '#' || (first.Length > 1 && first[1] != '#') ? Cut.Skip(RubbishLength(first)) : Decide(buffer, first, line, limits);
        if (decision.Status == FrameStatus.Incomplete) return FrameStatus.Incomplete;
        cut = new(buffer.Slice(0, decision.Length), decision);
        buffer = buffer.Slice(decision.Length);
        return decision.Status;
    }

    private static Cut Decide(in ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> first, LineState line, FrameLimits limits)
    {
        if (buffer.IsSingleSegment) return FrameScan.Decide(first, line, limits);
        // Most frames lie whole in the first piece; what is decided there stands, whatever follows.
        var decision = FrameScan.Decide(first, LineState.Flowing, limits);
        if (decision.Status != FrameStatus.Incomplete || (decision.Length > buffer.Length && line == LineState.Flowing)) return decision;

        var length = (int)Math.Min(buffer.Length, limits.Window);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        buffer.Slice(0, length).CopyTo(rented);
        decision = FrameScan.Decide(rented.AsSpan(0, length), line, limits);
        ArrayPool<byte>.Shared.Return(rented);
        return decision;
    }

    /// <summary>Up to the next head within one piece of the buffer, or up to a last sign that may be half of one.</summary>
    private static int RubbishLength(ReadOnlySpan<byte> piece)
    {
        var head = piece[1..].IndexOf(Wire.Head);
        if (head >= 0) return head + 1;
        return piece.Length > 1 && piece[^1] == '#' ? piece.Length - 1 : piece.Length;
    }

    private static void SkipBlanks(ref ReadOnlySequence<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var span = buffer.FirstSpan;
            var count = 0;
            while (count < span.Length && Wire.IsBlank(span[count])) count++;
            if (count == 0 && !span.IsEmpty) return;
            if (count < span.Length)
            {
                buffer = buffer.Slice(count);
                return;
            }
            var next = buffer.Start;
            buffer.TryGet(ref next, out _);
            buffer = next.GetObject() is null ? buffer.Slice(buffer.End) : buffer.Slice(next);
        }
    }
}
