using Qingyuan.Hj212.Security;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Relaying;

/// <summary>How a further host wants a station's frames.</summary>
/// <param name="Edition">Wire format there.</param>
/// <param name="Mn">MN the station has there.</param>
/// <param name="Pw">PW it has there; never printed.</param>
/// <param name="WantsReply">Whether 9014 is asked for. Without it nobody knows more than that the bytes were written.</param>
/// <param name="Cipher">Encrypts the areas that HJ 212-2025 6.4 names; null sends them plain.</param>
public sealed record RelayProfile(Edition Edition, string Mn, string Pw, bool WantsReply, Sm4? Cipher = null)
{
    /// <summary>Names the station there, without the password.</summary>
    public override string ToString() => $"{Edition} {Mn}";
}
