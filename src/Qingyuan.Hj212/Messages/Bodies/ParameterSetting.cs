namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>设置现场端参数 (3021): one parameter of the field and its new value.</summary>
/// <param name="Factor">PolId; null when it has nothing to do with one factor.</param>
/// <param name="InfoId">InfoId: the information code.</param>
/// <param name="Value">xxx-Info as it is to stand.</param>
public sealed record ParameterSetting(string? Factor, string InfoId, string Value) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(ParameterSetting), [BodyShape.May("PolId"), BodyShape.Must("InfoId"), BodyShape.Must("-Info")],
        static (ref AreaFields area) => new ParameterSetting(area.TextOrNull("PolId"), area.Text("InfoId"), InformationItem.Read(ref area) is [var item, ..] ? item.Text : ""));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("PolId="u8, Factor);
        segment.Pair("InfoId="u8, InfoId);
        var first = true;
        segment.Item(InfoId, "Info"u8, Value, ref first);
    }
}
