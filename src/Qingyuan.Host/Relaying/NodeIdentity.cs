using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Host.Relaying;

/// <summary>By what the nodes of one installation know each other. The first that serves others makes it and leaves it, sealed, in the database they share; those after it use the same.</summary>
/// <param name="Certificate">Both sides of an encrypted connection show it.</param>
/// <param name="Secret">Both sides of a plain one know it.</param>
internal sealed record NodeIdentity(X509Certificate2 Certificate, byte[] Secret)
{
    public const string Name = "qingyuan-node";
    private const int SecretLength = 32;

    // Clocks of machines may differ; that it is the right one is decided by its bytes.
    private static readonly TimeSpan Before = TimeSpan.FromDays(2);
    private static readonly TimeSpan After = TimeSpan.FromDays(3653);

    public static NodeIdentity Create(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = clock.GetUtcNow();
        return new(new CertificateRequest("CN=" + Name, key, HashAlgorithmName.SHA256).CreateSelfSigned(now - Before, now + After), RandomNumberGenerator.GetBytes(SecretLength));
    }

    public byte[] Seal(ISecretProtector secrets) => secrets.Protect([.. Secret, .. Certificate.Export(X509ContentType.Pfx)]);

    /// <exception cref="CryptographicException">Sealed under another wrapping key.</exception>
    public static NodeIdentity Open(byte[] sealedIdentity, ISecretProtector secrets)
    {
        var opened = secrets.Unprotect(sealedIdentity);
        return new(X509CertificateLoader.LoadPkcs12(opened.AsSpan(SecretLength), null), opened[..SecretLength]);
    }

    public bool IsShownBy(X509Certificate? shown) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(Certificate.RawDataMemory.Span);
}
