namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>报警记录与报警事件 (2071, 2072 of 2005).</summary>
/// <param name="Time">AlarmTime.</param>
/// <param name="Factors">The values that raised it, as <c>Ala</c>.</param>
/// <param name="Kind">AlarmType: 1 exceeded, 0 back to normal.</param>
public sealed record AlarmReport(DateTime Time, ValueList<FactorReport> Factors, int Kind) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(AlarmReport), [BodyShape.Must("AlarmTime"), BodyShape.May("-"), BodyShape.Must("AlarmType")],
        static (ref AreaFields area) => new AlarmReport(area.Time("AlarmTime"), FactorReports.Read(area.Area), area.Number("AlarmType")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("AlarmTime="u8, Time);
        foreach (var factor in Factors.Span) factor.Write(ref segment);
        segment.Pair("AlarmType="u8, Kind);
    }
}
