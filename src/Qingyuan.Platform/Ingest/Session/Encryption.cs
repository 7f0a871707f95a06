using System.Buffers;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Security;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Opens what a logger of edition 2025 encrypted, with the keys filed for its station, the newest first.</summary>
internal sealed class Encryption(IStationDirectory stations) : IFrameOpener
{
    /// <summary>Stored with a frame that came encrypted and could be opened.</summary>
    public const string Code = "Encrypted";

    /// <summary>The plain segment; null when no key fits.</summary>
    public static byte[]? TryOpen(ReadOnlySpan<byte> segment, ushort crc, StationAccess access)
    {
        foreach (var key in access.Keys)
            if (EncryptedSegment.TryOpen(segment, crc, new Sm4(key)) is { } plain) return plain;
        return null;
    }

    public StoredFrame Open(StoredFrame frame)
    {
        if (frame.Arrival.Why?.StartsWith(Code, StringComparison.Ordinal) is not true || stations.GetAccess(frame.Arrival.StationNo) is not { } access) return frame;
        var buffer = new ReadOnlySequence<byte>(frame.Bytes);
        FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended);
        if (cut.SegmentLength is 0 || TryOpen(frame.Bytes.Span.Slice(cut.SegmentStart, cut.SegmentLength), cut.ReceivedCrc, access) is not { } plain) return frame;
        var opened = new ArrayBufferWriter<byte>(plain.Length + 12);
        FrameWriter.Write(opened, plain);
        return frame with { Bytes = opened.WrittenMemory };
    }
}
