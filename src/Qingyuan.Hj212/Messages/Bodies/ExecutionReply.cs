using Qingyuan.Hj212.Commands;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>执行结果 (9012).</summary>
/// <param name="Result">ExeRtn.</param>
public sealed record ExecutionReply(ExecutionResult Result) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(ExecutionReply), [BodyShape.Must("ExeRtn")],
        static (ref AreaFields area) => new ExecutionReply((ExecutionResult)area.Number("ExeRtn")));

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair("ExeRtn="u8, (int)Result);
    }
}
