namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>上位机地址 (1031, 1032 of 2005).</summary>
/// <param name="ReportTarget">ReportTarget: where data go.</param>
/// <param name="AlarmTarget">AlarmTarget: where alarms go.</param>
public sealed record HostAddress(string? ReportTarget, string? AlarmTarget) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(HostAddress), [BodyShape.May("ReportTarget"), BodyShape.May("AlarmTarget")],
        static (ref AreaFields area) => new HostAddress(area.TextOrNull("ReportTarget"), area.TextOrNull("AlarmTarget")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("ReportTarget="u8, ReportTarget);
        segment.Pair("AlarmTarget="u8, AlarmTarget);
    }
}
