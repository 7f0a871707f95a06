namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>现场机时间: a clock as it stands (1011) or shall be set (1012).</summary>
/// <param name="Factor">PolId: code of the factor whose analyser is meant; null means the logger itself.</param>
/// <param name="Time">SystemTime, station wall clock, whole seconds.</param>
public sealed record Clock(string? Factor, DateTime Time) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(Clock), [BodyShape.May("PolId"), BodyShape.Must("SystemTime")],
        static (ref AreaFields area) => new Clock(area.TextOrNull("PolId"), area.Time("SystemTime")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("PolId="u8, Factor);
        segment.Pair("SystemTime="u8, Time);
    }
}
