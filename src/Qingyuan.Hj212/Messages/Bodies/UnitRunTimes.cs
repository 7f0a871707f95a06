using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>设备运行时间日数据 (2041): how long the treatment units ran in a day.</summary>
/// <param name="Time">DataTime: start of the day.</param>
/// <param name="Units">In wire order.</param>
public sealed record UnitRunTimes(DateTime Time, ValueList<UnitRunTime> Units) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(UnitRunTimes), [BodyShape.Must("DataTime"), BodyShape.May("-RT")],
        static (ref AreaFields area) => new UnitRunTimes(area.Time("DataTime"), Hours(ref area)));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("DataTime="u8, Time);
        foreach (var unit in Units.Span) segment.Quantity(unit.Unit, "RT"u8, unit.Hours);
    }

    private static ValueList<UnitRunTime> Hours(ref AreaFields area)
    {
        var units = new List<UnitRunTime>();
        foreach (var item in new DataAreaReader(area.Area))
            if (item.Suffix.SequenceEqual("RT"u8)) units.Add(new(WireText.Decode(item.Code), area.Quantity(WireText.Decode(item.Name), item.Value)));
        return [.. units];
    }
}

/// <summary>Run time of one treatment unit (治理设施).</summary>
/// <param name="Unit">Such as <c>SB1</c>.</param>
/// <param name="Hours">h, 0 to 24.</param>
public sealed record UnitRunTime(string Unit, decimal Hours);
