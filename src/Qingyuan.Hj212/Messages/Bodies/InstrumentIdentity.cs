using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>设备唯一标识 (3019): the identity of an instrument; uploaded unasked, with a time, when one was exchanged.</summary>
/// <param name="Time">DataTime; null in the reply to a request.</param>
/// <param name="Factor">PolId.</param>
/// <param name="SerialNumber">xxx-SN, an EPC-96 number of 24 hexadecimal digits.</param>
public sealed record InstrumentIdentity(DateTime? Time, string Factor, string SerialNumber) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(InstrumentIdentity), [BodyShape.May("DataTime"), BodyShape.Must("PolId"), BodyShape.Must("-SN")],
        static (ref AreaFields area) => new InstrumentIdentity(area.TimeOrNull("DataTime"), area.Text("PolId"), Serial(ref area)));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("DataTime="u8, Time);
        segment.Pair("PolId="u8, Factor);
        var first = true;
        segment.Item(Factor, "SN"u8, SerialNumber, ref first);
    }

    private static string Serial(ref AreaFields area)
    {
        foreach (var item in new DataAreaReader(area.Area))
            if (item.Suffix.SequenceEqual("SN"u8) && !item.Value.IsEmpty) return WireText.Decode(item.Value);
        return area.Missing("-SN", "");
    }
}
