namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>数据应答 (9014) of 2005, which names what it answers.</summary>
/// <param name="Command">CN of the frame answered.</param>
/// <param name="Part">PNO of the frame answered.</param>
/// <param name="Parts">PNUM of the frame answered.</param>
public sealed record DataReply2005(int? Command, int? Part, int? Parts) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(DataReply2005), [BodyShape.May("CN"), BodyShape.May("PNO"), BodyShape.May("PNUM")],
        static (ref AreaFields area) => new DataReply2005(area.NumberOrNull("CN"), area.NumberOrNull("PNO"), area.NumberOrNull("PNUM")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("CN="u8, Command);
        segment.Pair("PNO="u8, Part);
        segment.Pair("PNUM="u8, Parts);
    }
}
