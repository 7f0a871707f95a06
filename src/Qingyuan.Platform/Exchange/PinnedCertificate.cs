using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Qingyuan.Platform.Exchange;

/// <summary>A recipient's server known by the SHA-256 of its certificate instead of by an authority.</summary>
internal static class PinnedCertificate
{
    /// <param name="sha256">Hex; null leaves the judgement to the system's authorities.</param>
    public static RemoteCertificateValidationCallback? Accepts(string? sha256) => sha256 is null
        ? null
        : (_, certificate, _, _) => certificate is X509Certificate2 shown && shown.GetCertHashString(HashAlgorithmName.SHA256).Equals(sha256, StringComparison.OrdinalIgnoreCase);
}
