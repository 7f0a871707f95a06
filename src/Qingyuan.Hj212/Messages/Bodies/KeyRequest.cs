namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>密钥更新请求 (1014 from the field, 2025): asks for a new SM4 key.</summary>
/// <param name="CreatedAt">SKCreateTime, 17 digits.</param>
public sealed record KeyRequest(string CreatedAt) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(KeyRequest), [BodyShape.Must("SKCreateTime")],
        static (ref AreaFields area) => new KeyRequest(area.Text("SKCreateTime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("SKCreateTime="u8, CreatedAt);
    }
}
