namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>取实时数据 (2011 from the host): start the upload. In 2025 it also asks for the past of electricity (ST=44), with a span of time.</summary>
/// <param name="Begin">BeginTime, included; 2025 only, null when the upload is to start.</param>
/// <param name="End">EndTime, included; 2025 only, null when the upload is to start.</param>
public sealed record RealtimeRequest(DateTime? Begin = null, DateTime? End = null) : Body
{
    internal static readonly BodyShape Form = new(typeof(RealtimeRequest), [], static (ref AreaFields _) => new RealtimeRequest());

    internal static readonly BodyShape Form2025 = new(
        typeof(RealtimeRequest), [BodyShape.May("BeginTime"), BodyShape.May("EndTime")],
        static (ref AreaFields area) => new RealtimeRequest(area.TimeOrNull("BeginTime"), area.TimeOrNull("EndTime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("BeginTime="u8, Begin);
        segment.Pair("EndTime="u8, End);
    }
}
