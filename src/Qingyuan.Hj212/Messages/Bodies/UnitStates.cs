using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>设备运行状态 (2021): what the treatment units do.</summary>
/// <param name="Time">DataTime: when.</param>
/// <param name="Units">In wire order.</param>
public sealed record UnitStates(DateTime Time, ValueList<UnitState> Units) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(UnitStates), [BodyShape.Must("DataTime"), BodyShape.May("-RS")],
        static (ref AreaFields area) => new UnitStates(area.Time("DataTime"), States(ref area)));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("DataTime="u8, Time);
        foreach (var unit in Units.Span) segment.Quantity(unit.Unit, "RS"u8, unit.State);
    }

    private static ValueList<UnitState> States(ref AreaFields area)
    {
        var units = new List<UnitState>();
        foreach (var item in new DataAreaReader(area.Area))
            if (item.Suffix.SequenceEqual("RS"u8))
                units.Add(new(WireText.Decode(item.Code), WireText.Number(item.Value) is var state and >= 0 ? state : area.Refuse(WireText.Decode(item.Name), item.Value, 0)));
        return [.. units];
    }
}

/// <summary>State of one treatment unit (治理设施).</summary>
/// <param name="Unit">Such as <c>SB1</c>.</param>
/// <param name="State">0 off, 1 run, 2 calibrate, 3 maintain, 4 alarm, 5 blow-back; 2005 knows 0 and 1.</param>
public sealed record UnitState(string Unit, int State);
