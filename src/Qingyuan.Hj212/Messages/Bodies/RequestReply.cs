using Qingyuan.Hj212.Commands;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>请求应答 (9011).</summary>
/// <param name="Result">QnRtn.</param>
public sealed record RequestReply(RequestResult Result) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(RequestReply), [BodyShape.Must("QnRtn")],
        static (ref AreaFields area) => new RequestReply((RequestResult)area.Number("QnRtn")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("QnRtn="u8, (int)Result);
    }
}
