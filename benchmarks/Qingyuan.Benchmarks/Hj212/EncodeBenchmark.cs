using System.Buffers;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Messages;

namespace Qingyuan.Benchmarks.Hj212;

/// <summary>Typed minute uploads to whole frames in a reused buffer on one core, against copying the same bytes into the same buffer.</summary>
internal static class EncodeBenchmark
{
    private static readonly Message[] Messages = [.. SampleFrames.All.Select(frame => MessageReader.Read(frame.AsSpan(6..^6), Sender.Field).Message!)];
    private static readonly ArrayBufferWriter<byte> Output = new(SampleFrames.Glued.Length + 16_384);

    public static Task RunAsync()
    {
        var speed = Bench.PerSecond([Encode, Copy]);
        if (!Output.WrittenSpan.SequenceEqual(SampleFrames.Glued)) throw new InvalidOperationException("The frames written are not those read.");
        Bench.Report("hj212.encode", speed[0], "frames/s", limit: speed[1], must: 1e6);
        Bench.Report("hj212.encode.bytes", speed[0] * SampleFrames.Glued.Length / SampleFrames.All.Length / 1e6, "MB/s");
        Bench.Report("hj212.encode.allocated", Allocated(), "bytes/frame", "lower", must: 0);
        return Task.CompletedTask;
    }

    private static double Allocated()
    {
        Encode();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var frames = Encode();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)frames;
    }

    private static long Encode()
    {
        Output.ResetWrittenCount();
        foreach (var message in Messages) MessageWriter.Write(message, Output);
        return Messages.Length;
    }

    private static long Copy()
    {
        Output.ResetWrittenCount();
        foreach (var frame in SampleFrames.All) Output.Write(frame);
        return SampleFrames.All.Length;
    }
}
