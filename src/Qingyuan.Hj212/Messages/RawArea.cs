using System.Globalization;

namespace Qingyuan.Hj212.Messages;

/// <summary>A data area, or a part of one, as the bytes it came in: written again as they are.</summary>
internal sealed record RawArea(byte[] Bytes) : Body
{
    internal override void Write(ref SegmentWriter segment) => segment.Raw(Bytes);

    public override string ToString() => Bytes.Length.ToString(CultureInfo.InvariantCulture);
}
