using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Qingyuan.Platform.Tests.Peers;

/// <summary>A certificate authority of this test alone: a root, an intermediate, and what it signs for 127.0.0.1.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Since = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly DateTimeOffset Until = DateTimeOffset.UnixEpoch.AddYears(90);
    private readonly X509Certificate2 _intermediate;

    public TestAuthority()
    {
        Root = Make("CN=test root", null, authority: true);
        _intermediate = Make("CN=test intermediate", Root, authority: true);
    }

    public X509Certificate2 Root { get; }

    /// <summary>For 127.0.0.1, signed by the intermediate.</summary>
    public X509Certificate2 Server() => Make("CN=127.0.0.1", _intermediate, authority: false);

    /// <summary>Server certificate, its key and the intermediate in one file, as certificate authorities hand them out.</summary>
    public string ServerFile()
    {
        using var server = Server();
        return FileOf(server, _intermediate);
    }

    /// <summary>The first with its key, then the others.</summary>
    public static string FileOf(X509Certificate2 server, params IEnumerable<X509Certificate2> above)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-tls-").FullName, "server.pem");
        File.WriteAllText(file, string.Join('\n', [server.ExportCertificatePem(), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), .. above.Select(each => each.ExportCertificatePem())]));
        return file;
    }

    /// <summary>The chain a server without intermediate would need: straight from the root.</summary>
    public X509Certificate2 FromRoot() => Make("CN=127.0.0.1", Root, authority: false);

    public void Dispose()
    {
        Root.Dispose();
        _intermediate.Dispose();
    }

    private static X509Certificate2 Make(string name, X509Certificate2? issuer, bool authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (!authority) request.CertificateExtensions.Add(Names());
        if (issuer is null) return request.CreateSelfSigned(Since, Until);
        using var signed = request.Create(issuer, Since, Until, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private static X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        return names.Build();
    }
}
