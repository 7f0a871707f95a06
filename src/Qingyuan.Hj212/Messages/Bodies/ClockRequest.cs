namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>Asks for a clock (1011), or for one to be set (1013).</summary>
/// <param name="Factor">PolId: code of the factor whose analyser is meant; null means the logger itself.</param>
public sealed record ClockRequest(string? Factor) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(ClockRequest), [BodyShape.May("PolId")],
        static (ref AreaFields area) => new ClockRequest(area.TextOrNull("PolId")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("PolId="u8, Factor);
    }
}
