namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>分钟数据间隔 (1063, 1064).</summary>
/// <param name="Minutes">MinInterval, min; one value per system.</param>
public sealed record MinuteInterval(int Minutes) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(MinuteInterval), [BodyShape.Must("MinInterval")],
        static (ref AreaFields area) => new MinuteInterval(area.Number("MinInterval")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("MinInterval="u8, Minutes);
    }
}
