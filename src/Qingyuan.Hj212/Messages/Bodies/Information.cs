namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>现场端信息 (3020): logs, states and parameters of the field, as asked for or when they change.</summary>
/// <param name="Time">DataTime: when.</param>
/// <param name="Factor">PolId; null when it has nothing to do with one factor.</param>
/// <param name="Items">In wire order.</param>
public sealed record Information(DateTime Time, string? Factor, ValueList<InformationItem> Items) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(Information), [BodyShape.Must("DataTime"), BodyShape.May("PolId"), BodyShape.Must("-Info")],
        static (ref AreaFields area) => new Information(area.Time("DataTime"), area.TextOrNull("PolId"), InformationItem.Read(ref area)));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("DataTime="u8, Time);
        segment.Pair("PolId="u8, Factor);
        foreach (var item in Items.Span) item.Write(ref segment);
    }
}
