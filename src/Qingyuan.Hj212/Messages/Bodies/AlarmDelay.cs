namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>超限报警时间 (1001 of 2005). The field's unit and format were not found in a second source, so it is kept as text.</summary>
/// <param name="Time">WarnTime as sent.</param>
public sealed record AlarmDelay(string Time) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(AlarmDelay), [BodyShape.Must("WarnTime")],
        static (ref AreaFields area) => new AlarmDelay(area.Text("WarnTime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("WarnTime="u8, Time);
    }
}
