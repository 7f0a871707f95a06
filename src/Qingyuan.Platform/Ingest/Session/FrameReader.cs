using System.Buffers;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Bytes of a cut as one span. Pieces are joined in a buffer of the thread, so the span holds only until the next call or await.</summary>
internal static class FrameReader
{
    [ThreadStatic]
    private static byte[]? _joined;

    public static ReadOnlySpan<byte> Whole(in FrameCut cut)
    {
        if (cut.Frame.IsSingleSegment) return cut.Frame.FirstSpan;
        var length = (int)cut.Frame.Length;
        if (_joined is null || _joined.Length < length) _joined = new byte[Math.Max(length, FrameLimits.Default.Window)];
        cut.Frame.CopyTo(_joined);
        return _joined.AsSpan(0, length);
    }
}
