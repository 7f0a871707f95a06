namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>出样时间 (3018): from sampling to result.</summary>
/// <param name="Factor">PolId: code of the factor the device measures.</param>
/// <param name="Minutes">Stime, min.</param>
public sealed record SampleOutTime(string Factor, int Minutes) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(SampleOutTime), [BodyShape.Must("PolId"), BodyShape.Must("Stime")],
        static (ref AreaFields area) => new SampleOutTime(area.Text("PolId"), area.Number("Stime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("PolId="u8, Factor);
        segment.Pair("Stime="u8, Minutes);
    }
}
