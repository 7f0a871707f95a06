namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>污染物报警门限值 (1021, 1022 of 2005): <c>LowValue</c> and <c>UpValue</c> of each factor.</summary>
/// <param name="Factors">In wire order.</param>
public sealed record AlarmLimits(ValueList<FactorReport> Factors) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(AlarmLimits), [BodyShape.May("-")],
        static (ref AreaFields area) => new AlarmLimits(FactorReports.Read(area.Area)));

    internal override void Write(ref SegmentWriter segment)
    {
        foreach (var factor in Factors.Span) factor.Write(ref segment);
    }
}
