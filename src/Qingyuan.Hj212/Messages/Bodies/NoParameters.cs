namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>An empty data area: the command says all, or the frame is a notice or reply without content.</summary>
public sealed record NoParameters : Body
{
    internal static readonly BodyShape Form = new(
        typeof(NoParameters), [],
        static (ref AreaFields _) => new NoParameters());

    internal override void Write(ref SegmentWriter segment)
    {
    }
}
