namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>自动标样核查 (2062 of 2025): results of checks with a known sample.</summary>
/// <param name="Time">DataTime: when.</param>
/// <param name="Results">In wire order.</param>
public sealed record StandardChecks(DateTime Time, ValueList<StandardCheck> Results) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(StandardChecks),
        [BodyShape.Must("DataTime"), BodyShape.May("-SampleRd"), BodyShape.May("-StandardValue"), BodyShape.May("-ResultType")],
        static (ref AreaFields area) => new StandardChecks(area.Time("DataTime"), [.. FactorReports.Read(area.Area).Select(StandardCheck.Of)]));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("DataTime="u8, Time);
        foreach (var result in Results.Span) result.Write(ref segment);
    }
}

/// <summary>One check with a known sample. Values as sent; null where none was.</summary>
/// <param name="Factor">The factor's code.</param>
/// <param name="Reading">SampleRd: what the analyser measured.</param>
/// <param name="StandardValue">StandardValue: what the sample is known to hold.</param>
/// <param name="Outcome">ResultType: 1 or 0. Which of them is a pass was not found in a text, so it is kept as sent.</param>
public sealed record StandardCheck(string Factor, string? Reading, string? StandardValue, string? Outcome)
{
    internal static StandardCheck Of(FactorReport report) => new(report.Code, report.Text("SampleRd"), report.Text("StandardValue"), report.Text("ResultType"));

    internal void Write(ref SegmentWriter segment)
    {
        var first = true;
        segment.Item(Factor, "SampleRd"u8, Reading, ref first);
        segment.Item(Factor, "StandardValue"u8, StandardValue, ref first);
        segment.Item(Factor, "ResultType"u8, Outcome, ref first);
    }
}
