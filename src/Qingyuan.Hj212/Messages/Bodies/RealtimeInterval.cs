namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>实时数据间隔 (1061, 1062).</summary>
/// <param name="Seconds">RtdInterval, s.</param>
public sealed record RealtimeInterval(int Seconds) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(RealtimeInterval), [BodyShape.Must("RtdInterval")],
        static (ref AreaFields area) => new RealtimeInterval(area.Number("RtdInterval")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("RtdInterval="u8, Seconds);
    }
}
