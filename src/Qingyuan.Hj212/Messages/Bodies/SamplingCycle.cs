namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>采样时间周期 (3016, 3017; in 2005 3014). <c>CTime</c> as the examples write it; the field table writes <c>Ctime</c>, and both are read.</summary>
/// <param name="Factor">PolId: code of the factor the device measures.</param>
/// <param name="FirstSample">CstartTime: the first sample of a day.</param>
/// <param name="CycleHours">CTime, h.</param>
public sealed record SamplingCycle(string Factor, TimeOnly FirstSample, int CycleHours) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(SamplingCycle), [BodyShape.Must("PolId"), BodyShape.Must("CstartTime"), BodyShape.Must("CTime"), BodyShape.May("Ctime")],
        static (ref AreaFields area) => new SamplingCycle(
            area.Text("PolId"), area.TimeOfDay("CstartTime"), area.NumberOrNull("CTime") ?? area.NumberOrNull("Ctime") ?? area.Missing("CTime", 0)));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("PolId="u8, Factor);
        segment.PairOfDay("CstartTime="u8, FirstSample);
        segment.Pair("CTime="u8, CycleHours);
    }
}
