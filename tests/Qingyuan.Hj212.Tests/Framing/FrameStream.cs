using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Tests.Framing;

/// <summary>Feeds bytes to the cutter in pieces, as a socket does, and keeps what comes out.</summary>
internal static class FrameStream
{
    public sealed record Result(FrameStatus Status, string Frame, FrameRejection Why, FrameNotes Notes);

    /// <summary>The pieces lie in separate memory and everything not consumed is seen again together with the next piece.</summary>
    public static List<Result> Cut(IEnumerable<ReadOnlyMemory<byte>> pieces, LineState end = LineState.Ended, FrameLimits limits = default)
    {
        var (results, rest) = (new List<Result>(), new List<ReadOnlyMemory<byte>>());
        foreach (var piece in pieces)
        {
            rest.Add(piece);
            rest = Drain(rest, LineState.Flowing, limits, results);
        }
        Drain(rest, end, limits, results);
        return results;
    }

    public static List<Result> Cut(string text, LineState end = LineState.Ended) => Cut([Encoding.UTF8.GetBytes(text)], end);

    /// <summary>Only what was accepted.</summary>
    public static List<Result> Frames(IEnumerable<Result> results) => [.. results.Where(one => one.Status == FrameStatus.Complete)];

    /// <summary>The same bytes cut at the given places.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(byte[] bytes, IEnumerable<int> places)
    {
        var from = 0;
        foreach (var place in places.Select(place => place % (bytes.Length + 1)).Order())
        {
            yield return bytes.AsMemory(from..place);
            from = place;
        }
        yield return bytes.AsMemory(from);
    }

    public static ReadOnlySequence<byte> Sequence(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        if (pieces.Count == 0) return ReadOnlySequence<byte>.Empty;
        var first = new Piece(pieces[0], 0);
        var last = first;
        foreach (var piece in pieces.Skip(1)) last = last.Then(piece);
        return new(first, 0, last, last.Memory.Length);
    }

    private static List<ReadOnlyMemory<byte>> Drain(List<ReadOnlyMemory<byte>> pieces, LineState line, FrameLimits limits, List<Result> results)
    {
        var buffer = Sequence(pieces);
        while (FrameCutter.TryCut(ref buffer, out var cut, line, limits) is var status and not FrameStatus.Incomplete)
            results.Add(new(status, Convert.ToHexString(cut.Frame.ToArray()), cut.Why, cut.Notes));
        var rest = new List<ReadOnlyMemory<byte>>();
        foreach (var piece in buffer) rest.Add(piece);
        return rest;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long at) => (Memory, RunningIndex) = (memory, at);

        public Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
