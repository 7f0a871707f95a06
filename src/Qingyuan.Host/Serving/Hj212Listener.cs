using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Qingyuan.Host.Commands;
using Qingyuan.Platform.Ingest.Listening;

namespace Qingyuan.Host.Serving;

/// <summary>One more listener for loggers besides <c>--hj212</c>, an entry of <c>Hj212Listeners</c> in the settings: a private network here, the internet with TLS there.</summary>
internal sealed class Hj212Listener
{
    /// <value>HOST:PORT.</value>
    public string Address { get; init; } = "";

    /// <value>Certificate with its key (PEM, PFX): the listener speaks TLS. Null: plain.</value>
    public string? Certificate { get; init; }

    public string? CertificatePassword { get; init; }

    /// <value>PEM file of the authorities whose certificates loggers must show; needs <see cref="Certificate"/>.</value>
    public string? ClientAuthority { get; init; }

    /// <value>CIDR ranges that may call; empty: any.</value>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <value>Most connections here; null: as all listeners together.</value>
    public int? Connections { get; init; }

    public int? ConnectionsPerAddress { get; init; }

    public int? AcceptsPerSecond { get; init; }

    /// <summary>What Kestrel is told.</summary>
    /// <param name="name">Of the entry, for messages.</param>
    /// <exception cref="WrongUseException">A setting that cannot be used, by its name.</exception>
    public (LineRules Rules, Action<ListenOptions> Configure) Read(string name)
    {
        var rules = new LineRules(Certificate is not null, ClientAuthority is not null, [.. AllowedNetworks.Select(text => Network(name, text))], Limits(name));
        if (Certificate is null)
            return ClientAuthority is null ? (rules, _ => { }) : throw new WrongUseException($"{name}.ClientAuthority needs {name}.Certificate: only TLS asks for certificates");
        var own = ServerCertificate.Load(Certificate, CertificatePassword, name + ".Certificate");
        var authorities = ClientAuthority is null ? null : Authorities(name, ClientAuthority);
        return (rules, listen => listen.UseHttps(https =>
        {
            own.Apply(https);
            if (authorities is null) return;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, sent, _) => IsOf(authorities, certificate, sent);
        }));
    }

    private AcceptLimits? Limits(string name)
    {
        if (Connections is null && ConnectionsPerAddress is null && AcceptsPerSecond is null) return null;
        foreach (var (setting, value) in new[] { (nameof(Connections), Connections), (nameof(ConnectionsPerAddress), ConnectionsPerAddress), (nameof(AcceptsPerSecond), AcceptsPerSecond) })
            if (value < 1) throw new WrongUseException($"{name}.{setting}: at least 1");
        var all = Connections ?? int.MaxValue;
        return new(all, ConnectionsPerAddress ?? all, AcceptsPerSecond ?? int.MaxValue, AcceptsPerSecond ?? int.MaxValue);
    }

    private static IPNetwork Network(string name, string text) =>
        IPNetwork.TryParse(text, out var network) ? network : throw new WrongUseException($"{name}.AllowedNetworks '{text}': expected a range such as 10.0.0.0/8");

    private static X509Certificate2Collection Authorities(string name, string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new CryptographicException("no certificate");
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"{name}.ClientAuthority {file}: {error.Message}");
        }
    }

    private static bool IsOf(X509Certificate2Collection authorities, X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // loggers' authorities rarely publish lists; who is to be shut out is taken off the range or the file
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }
}
