namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>超标留样 (3015): a sample was retained.</summary>
/// <param name="Time">DataTime: when.</param>
/// <param name="Bottle">VaseNo: the bottle.</param>
public sealed record RetainedSample(DateTime Time, int Bottle) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(RetainedSample), [BodyShape.Must("DataTime"), BodyShape.Must("VaseNo")],
        static (ref AreaFields area) => new RetainedSample(area.Time("DataTime"), area.Number("VaseNo")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("DataTime="u8, Time);
        segment.Pair("VaseNo="u8, Bottle);
    }
}
