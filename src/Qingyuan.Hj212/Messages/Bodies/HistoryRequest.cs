namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>Asks for stored data (2031, 2041, 2051, 2061 and others) of a span of time, both ends included.</summary>
/// <param name="Begin">BeginTime.</param>
/// <param name="End">EndTime.</param>
public sealed record HistoryRequest(DateTime Begin, DateTime End) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(HistoryRequest), [BodyShape.Must("BeginTime"), BodyShape.Must("EndTime")],
        static (ref AreaFields area) => new HistoryRequest(area.Time("BeginTime"), area.Time("EndTime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("BeginTime="u8, Begin);
        segment.Pair("EndTime="u8, End);
    }
}
