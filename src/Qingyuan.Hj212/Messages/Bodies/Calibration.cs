namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>零点校准量程校准 (3011): start a calibration.</summary>
/// <param name="Factor">PolId: code of the factor the device measures.</param>
/// <param name="Kind">CalibrationType; 2025 only, null in other editions.</param>
public sealed record Calibration(string Factor, CalibrationKind? Kind) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(Calibration), [BodyShape.Must("PolId"), BodyShape.May("CalibrationType")],
        static (ref AreaFields area) => new Calibration(area.Text("PolId"), (CalibrationKind?)area.NumberOrNull("CalibrationType")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("PolId="u8, Factor);
        segment.Pair("CalibrationType="u8, (int?)Kind);
    }
}
