namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>数采仪开机时间 (2081).</summary>
/// <param name="Time">DataTime: when it is told.</param>
/// <param name="Booted">RestartTime: when the logger started.</param>
public sealed record BootTime(DateTime Time, DateTime Booted) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(BootTime), [BodyShape.Must("DataTime"), BodyShape.Must("RestartTime")],
        static (ref AreaFields area) => new BootTime(area.Time("DataTime"), area.Time("RestartTime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("DataTime="u8, Time);
        segment.Pair("RestartTime="u8, Booted);
    }
}
