using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>新访问密码 (1072). 2005 calls the field <c>PW</c>, later editions <c>NewPW</c>; either is read. Never printed.</summary>
/// <param name="Password">The new password.</param>
public sealed record NewPassword(string Password) : Body
{
    internal static readonly BodyShape Form = new(
        typeof(NewPassword), [BodyShape.Must("NewPW")], static (ref AreaFields area) => new NewPassword(area.TextOrNull("NewPW") ?? area.TextOrNull("PW") ?? area.Missing("NewPW", "")));

    internal static readonly BodyShape Form2005 = new(
        typeof(NewPassword), [BodyShape.Must("PW")], static (ref AreaFields area) => new NewPassword(area.TextOrNull("PW") ?? area.TextOrNull("NewPW") ?? area.Missing("PW", "")));

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(NewPassword);

    internal override void Write(ref SegmentWriter segment)
    {
        segment.Pair(segment.Edition == Edition.V2005 ? "PW="u8 : "NewPW="u8, Password);
    }
}
