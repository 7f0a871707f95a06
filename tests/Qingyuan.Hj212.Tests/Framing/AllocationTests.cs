using System.Buffers;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Framing;

/// <summary>Times differ by machine, allocations do not.</summary>
public class AllocationTests
{
    private static readonly byte[] Glued = [.. ExampleFrames.All.SelectMany(ExampleFrames.Bytes)];

    [Fact]
    public void Cutting_checking_and_reading_a_frame_allocates_nothing() => Assert.Equal(0, Allocated(new ReadOnlySequence<byte>(Glued)));

    [Fact]
    public void Nor_when_the_frames_lie_in_pieces() => Assert.Equal(0, Allocated(FrameStream.Sequence([.. FrameStream.Split(Glued, Enumerable.Range(1, 200).Select(number => number * 61))])));

    private static long Allocated(ReadOnlySequence<byte> bytes)
    {
        Read(bytes);
        Read(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var frames = Read(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(77, frames);
        return allocated;
    }

    private static int Read(ReadOnlySequence<byte> bytes)
    {
        var (frames, sum) = (0, 0);
        Span<byte> scratch = stackalloc byte[FrameLimits.Legal];
        while (FrameCutter.TryCut(ref bytes, out var cut) == FrameStatus.Complete)
        {
            if (!SegmentHeader.TryParse(cut.SegmentSpan(scratch), out var header, out _)) continue;
            sum += header.Command + header.Mn.Length;
            foreach (var item in new DataAreaReader(header.Area)) sum += item.Code.Length + item.Suffix.Length + item.Value.Length;
            frames++;
        }
        return sum > 0 ? frames : 0;
    }
}
