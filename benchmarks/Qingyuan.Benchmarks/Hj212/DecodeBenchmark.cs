using System.Buffers;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Benchmarks.Hj212;

/// <summary>Cutting, checking, header and every item of a frame on one core, against the check values of the same segments alone, by eight tables.</summary>
internal static class DecodeBenchmark
{
    private static long _sink;

    public static Task RunAsync()
    {
        var segments = SampleFrames.All.Select(frame => frame[6..^6]).ToArray();
        var speed = Bench.PerSecond([Decode, () => Check(segments)]);
        Bench.Report("hj212.decode", speed[0], "frames/s", limit: speed[1], must: 1e6, mustRatio: 0.25);
        Bench.Report("hj212.decode.bytes", speed[0] * SampleFrames.Glued.Length / SampleFrames.All.Length / 1e6, "MB/s");
        Bench.Report("hj212.decode.allocated", Allocated(), "bytes/frame", "lower", must: 0);
        return Task.CompletedTask;
    }

    private static double Allocated()
    {
        Decode();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var frames = Decode();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)frames;
    }

    private static long Decode()
    {
        var buffer = new ReadOnlySequence<byte>(SampleFrames.Glued);
        var (frames, work) = (0L, 0L);
        Span<byte> scratch = stackalloc byte[FrameLimits.Legal];
        while (FrameCutter.TryCut(ref buffer, out var cut) == FrameStatus.Complete)
        {
            if (!SegmentHeader.TryParse(cut.SegmentSpan(scratch), out var header, out _)) break;
            work += header.Mn.Length + header.Command;
            foreach (var item in new DataAreaReader(header.Area)) work += item.Code.Length + item.Suffix.Length + item.Value.Length;
            frames++;
        }
        _sink += work;
        return frames == SampleFrames.All.Length ? frames : throw new InvalidOperationException("A frame of the benchmark was refused.");
    }

    private static long Check(byte[][] segments)
    {
        foreach (var segment in segments) _sink += Crc16.EightTables(0xFF, segment);
        return segments.Length;
    }
}
