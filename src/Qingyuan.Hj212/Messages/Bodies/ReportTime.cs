namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>数据上报时间 (1041, 1042 of 2005), as text.</summary>
/// <param name="Time">ReportTime as sent.</param>
public sealed record ReportTime(string Time) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(ReportTime), [BodyShape.Must("ReportTime")],
        static (ref AreaFields area) => new ReportTime(area.Text("ReportTime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("ReportTime="u8, Time);
    }
}
