using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Host.Relaying;

/// <summary>The certificate by which the nodes of one installation know each other. The serving one makes it anew and leaves it, sealed, in the database they share.</summary>
internal static class NodeIdentity
{
    public const string Name = "qingyuan-node";

    // Clocks of machines may differ; that it is the right one is decided by its bytes.
    private static readonly TimeSpan Before = TimeSpan.FromDays(2);
    private static readonly TimeSpan After = TimeSpan.FromDays(3653);

    public static X509Certificate2 Create(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = clock.GetUtcNow();
        return new CertificateRequest("CN=" + Name, key, HashAlgorithmName.SHA256).CreateSelfSigned(now - Before, now + After);
    }

    public static byte[] Seal(X509Certificate2 identity, ISecretProtector secrets) => secrets.Protect(identity.Export(X509ContentType.Pfx));

    /// <exception cref="CryptographicException">Sealed under another wrapping key.</exception>
    public static X509Certificate2 Open(byte[] sealedIdentity, ISecretProtector secrets) => X509CertificateLoader.LoadPkcs12(secrets.Unprotect(sealedIdentity), null);

    public static bool IsSame(X509Certificate? shown, X509Certificate2 identity) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(identity.RawDataMemory.Span);
}
