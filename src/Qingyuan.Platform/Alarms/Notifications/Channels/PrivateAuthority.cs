using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Qingyuan.Platform.Alarms.Notifications.Channels;

/// <summary>Trust in one named authority instead of the system's: mail servers inside a works seldom have a public certificate.</summary>
internal static class PrivateAuthority
{
    /// <summary>The certificate in <paramref name="pem"/>, null when there is none to read.</summary>
    public static X509Certificate2? Read(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Accepts what <paramref name="authority"/> signed for the name that was asked for, and nothing else.</summary>
    public static RemoteCertificateValidationCallback Accepts(X509Certificate2 authority) => (_, certificate, offered, errors) =>
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) is not SslPolicyErrors.None) return false;
        using var own = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        own.ChainPolicy.CustomTrustStore.Add(authority);
        if (offered is not null) own.ChainPolicy.ExtraStore.AddRange(offered.ChainPolicy.ExtraStore);
        using var asked = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(asked);
    };
}
