namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>Asks for field information (3020): a log with a span of time, a state or a parameter without.</summary>
/// <param name="Factor">PolId; null when the information has nothing to do with one factor.</param>
/// <param name="InfoId">InfoId: the information code.</param>
/// <param name="Begin">BeginTime, included; logs only.</param>
/// <param name="End">EndTime, included; logs only.</param>
public sealed record InformationRequest(string? Factor, string InfoId, DateTime? Begin, DateTime? End) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(InformationRequest), [BodyShape.May("PolId"), BodyShape.Must("InfoId"), BodyShape.May("BeginTime"), BodyShape.May("EndTime")],
        static (ref AreaFields area) => new InformationRequest(area.TextOrNull("PolId"), area.Text("InfoId"), area.TimeOrNull("BeginTime"), area.TimeOrNull("EndTime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("PolId="u8, Factor);
        segment.Pair("InfoId="u8, InfoId);
        segment.Pair("BeginTime="u8, Begin);
        segment.Pair("EndTime="u8, End);
    }
}
