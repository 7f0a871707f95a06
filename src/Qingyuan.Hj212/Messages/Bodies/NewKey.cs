namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>新密钥 (1014 from the host, 2025). Never printed.</summary>
/// <param name="CreatedAt">SKCreateTime, 17 digits.</param>
/// <param name="Key">NewSK, 16 characters.</param>
public sealed record NewKey(string CreatedAt, string Key) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(NewKey), [BodyShape.Must("SKCreateTime"), BodyShape.Must("NewSK")],
        static (ref AreaFields area) => new NewKey(area.Text("SKCreateTime"), area.Text("NewSK")));

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(NewKey);

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("SKCreateTime="u8, CreatedAt);
        segment.Pair("NewSK="u8, Key);
    }
}
