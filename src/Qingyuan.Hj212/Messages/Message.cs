using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages;

/// <summary>One frame's meaning, whichever edition it is written in.</summary>
/// <param name="Edition">The wire format.</param>
/// <param name="Command">CN.</param>
/// <param name="Role">Decides in 2005 where QN and Flag stand; see <see cref="MessageWriter"/>.</param>
/// <param name="Body">What the data area says.</param>
public sealed record Message(Edition Edition, int Command, MessageRole Role, Body Body)
{
    /// <summary>QN (请求编码) as sent; null when the frame has none, as most uploads of 2005.</summary>
    public string? Qn { get; init; }

    /// <summary>ST (系统编码) as sent: 91 on replies.</summary>
    public string? St { get; init; }

    /// <summary>PW (访问密码) as sent; never printed.</summary>
    public string? Pw { get; init; }

    /// <summary>MN (设备唯一标识) as sent.</summary>
    public string? Mn { get; init; }

    /// <summary>Bit 0 of Flag: the sender wants an answer.</summary>
    public bool WantsReply { get; init; }

    /// <summary>PNUM (总包数); null on a frame that is not split.</summary>
    public int? Pnum { get; init; }

    /// <summary>PNO (包号), from 1; null on a frame that is not split.</summary>
    public int? Pno { get; init; }

    /// <summary>RF=1 (补传): sent again after an outage. Written in 2025 only.</summary>
    public bool Resent { get; init; }

    /// <summary>A message as the catalogue has it: commands that are answered ask for the answer.</summary>
    public static Message Of(MessageSpec spec, Body body)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new(spec.Edition, spec.Command, spec.Role, body) { WantsReply = spec.Answer != AnswerKind.None };
    }

    /// <summary>Names the message, without the password.</summary>
    public override string ToString() => $"{Command} {Role} {Edition} {Mn} {Body}";
}
