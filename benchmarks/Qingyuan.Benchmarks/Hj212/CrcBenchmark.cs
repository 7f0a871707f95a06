using System.Numerics;
using System.Runtime.InteropServices;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Benchmarks.Hj212;

/// <summary>The check value against a plain sum of the same bytes by vector instructions.</summary>
internal static class CrcBenchmark
{
    private static long _sink;

    public static Task RunAsync()
    {
        var bytes = SampleFrames.Glued;
        var speed = Bench.PerSecond([() => Check(bytes), () => Sum(bytes)]);
        Bench.Report("hj212.crc", speed[0] / 1e9, "GB/s", limit: speed[1] / 1e9, must: 2);
        return Task.CompletedTask;
    }

    private static long Check(byte[] bytes)
    {
        _sink += Crc16.Compute(bytes);
        return bytes.Length;
    }

    private static long Sum(byte[] bytes)
    {
        var sum = Vector<ulong>.Zero;
        foreach (var vector in MemoryMarshal.Cast<byte, Vector<ulong>>(bytes)) sum += vector;
        _sink += (long)Vector.Sum(sum);
        return bytes.Length;
    }
}
