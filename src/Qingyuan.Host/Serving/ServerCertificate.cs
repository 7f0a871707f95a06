using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Qingyuan.Host.Commands;

namespace Qingyuan.Host.Serving;

/// <summary>The certificate of <c>--cert FILE</c> with its key, and the intermediate ones that stand in the same file: clients know only the root.</summary>
internal sealed record ServerCertificate(X509Certificate2 Own, X509Certificate2Collection Chain)
{
    private const int WrongPassword = unchecked((int)0x80070056);

    /// <exception cref="WrongUseException">The file holds no certificate with its key, or its password is another.</exception>
    public static ServerCertificate Load(string file, string? password, string setting = "--cert")
    {
        try
        {
            File.OpenRead(file).Dispose(); // says better what is wrong with a file than the readers of certificates
            return Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12" ? FromPkcs12(file, password) : FromPem(file, password);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"{setting} {file}: {Fault(file, password, PasswordOf(setting), error)}");
        }
    }

    public void Apply(HttpsConnectionAdapterOptions https) => (https.ServerCertificate, https.ServerCertificateChain) = (Own, Chain);

    private static string Fault(string file, string? password, string? setting, Exception error)
    {
        if (error is FileNotFoundException or DirectoryNotFoundException) return "no such file";
        if (error is IOException or UnauthorizedAccessException) return $"cannot be read: {error.Message}";
        if (error.HResult is not WrongPassword && !IsKeyEncrypted(file)) return $"no certificate with its key: {error.Message}";
        if (setting is null) return "its key has a password, which cannot be given here: store it without";
        return password is null ? $"its key has a password: give it as {setting} in qingyuan.json or the environment" : $"{setting} does not open it";
    }

    private static bool IsKeyEncrypted(string file) => file.Length > 0 && File.ReadAllText(file).Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);

    /// <value>Setting with the password for the file of <paramref name="setting"/>; null when there is none.</value>
    private static string? PasswordOf(string setting) => setting switch
    {
        "--cert" => nameof(ServerSettings.CertificatePassword),
        "Ingest:MqttCertificate" => null,
        _ => setting + "Password",
    };

    private static ServerCertificate FromPkcs12(string file, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        var own = all.FirstOrDefault(each => each.HasPrivateKey) ?? throw new CryptographicException("no private key");
        all.Remove(own);
        return new(own, all);
    }

    private static ServerCertificate FromPem(string file, string? password)
    {
        var own = password is null ? X509Certificate2.CreateFromPemFile(file) : X509Certificate2.CreateFromEncryptedPemFile(file, password);
        // Windows' TLS takes no key that lives only in memory.
        if (OperatingSystem.IsWindows()) own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        chain.Remove(own);
        return new(own, chain);
    }
}
