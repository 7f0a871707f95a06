namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>超时时间与重发次数 (1000): how long an answer is waited for, and how often a frame is sent again.</summary>
/// <param name="TimeoutSeconds">OverTime, s.</param>
/// <param name="Resends">ReCount, times.</param>
public sealed record LinkSettings(int TimeoutSeconds, int Resends) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(LinkSettings), [BodyShape.Must("OverTime"), BodyShape.Must("ReCount")],
        static (ref AreaFields area) => new LinkSettings(area.Number("OverTime"), area.Number("ReCount")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("OverTime="u8, TimeoutSeconds);
        segment.Pair("ReCount="u8, Resends);
    }
}
