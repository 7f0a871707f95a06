namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>监测数据: what was measured, of any period, medium and system; also noise, process conditions and electricity.</summary>
/// <param name="Time">DataTime: the moment of real-time data, the start of the period of minute, hour and day data.</param>
/// <param name="Factors">In wire order.</param>
public sealed record Measurements(DateTime Time, ValueList<FactorReport> Factors) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(Measurements), [BodyShape.Must("DataTime"), BodyShape.May("-")],
        static (ref AreaFields area) => new Measurements(area.Time("DataTime"), FactorReports.Read(area.Area)));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("DataTime="u8, Time);
        foreach (var factor in Factors.Span) factor.Write(ref segment);
    }
}
