namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>An act or question about the analyser of one factor: sample now, clean, compare, retain, check, tell a setting (3012 and others).</summary>
/// <param name="Factor">PolId: code of the factor the device measures.</param>
public sealed record AnalyserAct(string Factor) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(AnalyserAct), [BodyShape.Must("PolId")],
        static (ref AreaFields area) => new AnalyserAct(area.Text("PolId")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("PolId="u8, Factor);
    }
}
