using System.Buffers;
using System.Globalization;

namespace Qingyuan.Hj212.Framing;

/// <summary>Puts a data segment into a packet: <c>##</c>, its length, the segment, its check value, CR LF.</summary>
public static class FrameWriter
{
    /// <summary>The longest segment four digits can name.</summary>
    public const int MaxSegment = 9999;

    /// <summary>Writes one frame. The length counts bytes; the check value has upper-case digits.</summary>
    /// <exception cref="ArgumentException">The segment is empty or over <see cref="MaxSegment"/>. Whether it is over the standard's 1024 is the caller's business.</exception>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> segment)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (segment.Length is 0 or > MaxSegment) throw new ArgumentException("A segment has 1 to 9999 bytes.", nameof(segment));
        var total = Wire.HeaderLength + segment.Length + Wire.TrailerLength;
        var frame = output.GetSpan(total)[..total];
        Wire.Head.CopyTo(frame);
        segment.Length.TryFormat(frame[2..], out _, "D4", CultureInfo.InvariantCulture);
        segment.CopyTo(frame[Wire.HeaderLength..]);
        var trailer = frame[^Wire.TrailerLength..];
        Crc16.Compute(segment).TryFormat(trailer, out _, "X4", CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(trailer[Wire.CrcLength..]);
        output.Advance(total);
    }
}
