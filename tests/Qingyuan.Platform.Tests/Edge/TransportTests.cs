using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Qingyuan.Host.Commands;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>How passwords travel: TLS of our own, TLS of a proxy's, or not at all.</summary>
public class TransportTests
{
    private static readonly Uri SignIn = new("/sign-in", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.7.2-2")]
    public async Task Https_serves_its_certificate_with_the_chain_and_marks_its_cookies_secure()
    {
        using var authority = new TestAuthority();
        await using var server = await StartAsync(("Https", "127.0.0.1:0"), ("Certificate", authority.ServerFile()));
        Assert.EndsWith(" https=" + server.Listeners.HttpsAddress!.ToString().TrimEnd('/'), server.Listeners.Ready(), StringComparison.Ordinal);

        using var knows = Client(server.Listeners.HttpsAddress, authority.Root);
        using var page = await knows.GetAsync(SignIn, Ct);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));

        using var stranger = Client(server.Listeners.HttpsAddress, null);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(SignIn, Ct));
        Assert.IsType<AuthenticationException>(refused.InnerException);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task That_a_proxy_spoke_tls_is_believed_only_behind_a_proxy(bool behindProxy, bool secure)
    {
        await using var server = await StartAsync(("BehindProxy", behindProxy ? "true" : null));
        using var client = Client(server.Listeners.HttpAddress, null);
        using var request = new HttpRequestMessage(HttpMethod.Get, SignIn) { Headers = { { "X-Forwarded-For", "203.0.113.9" }, { "X-Forwarded-Proto", "https" } } };
        using var page = await client.SendAsync(request, Ct);
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9", "https")]
    [InlineData("::1", "203.0.113.9", "203.0.113.9", "https")]
    [InlineData("127.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9", "https")] // what the client itself claimed stands before what the proxy saw
    [InlineData("10.0.0.7", "127.0.0.1", "10.0.0.7", "http")]
    [InlineData("192.168.1.5", "203.0.113.9", "192.168.1.5", "http")]
    public async Task Forwarded_headers_count_only_from_the_proxy_on_this_machine(string socket, string said, string believed, string scheme)
    {
        var http = new DefaultHttpContext();
        (http.Connection.RemoteIpAddress, http.Request.Scheme) = (IPAddress.Parse(socket), "http");
        (http.Request.Headers["X-Forwarded-For"], http.Request.Headers["X-Forwarded-Proto"]) = (said, "https");
        await new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options.Create(TrustedProxy.Options())).Invoke(http);
        Assert.Equal((IPAddress.Parse(believed), scheme), (http.Connection.RemoteIpAddress, http.Request.Scheme));
    }

    [Theory]
    [Requirement("R-5.7.2-2")]
    [InlineData("0.0.0.0:80")]
    [InlineData("*:80")]
    [InlineData("[::]:80")]
    [InlineData("10.1.2.3:80")]
    public void Plain_http_beyond_this_machine_is_refused_unless_said(string address)
    {
        Assert.Contains("--insecure", Assert.Throws<WrongUseException>(() => new Listeners(new() { Http = address })).Message, StringComparison.Ordinal);
        Assert.Contains("--insecure", Assert.Throws<WrongUseException>(() => new Listeners(new() { Http = address, BehindProxy = true })).Message, StringComparison.Ordinal);
        Assert.NotNull(new Listeners(new() { Http = address, Insecure = true }));
        using var authority = new TestAuthority();
        Assert.NotNull(new Listeners(new() { Https = address, Certificate = authority.ServerFile() })); // TLS may
    }

    [Theory]
    [InlineData("127.0.0.1:7000", null, "--db")]
    [InlineData("0.0.0.0:7000", "Host=db", "other nodes")]
    [InlineData("[::]:7000", "Host=db", "other nodes")]
    [InlineData("db-node-1", "Host=db", "--cluster 'db-node-1'")]
    [InlineData("127.0.0.1:seven", "Host=db", "--cluster '127.0.0.1:seven'")]
    public void An_address_at_which_no_other_node_could_call_is_wrong_use(string cluster, string? database, string named) =>
        Assert.Contains(named, Assert.Throws<WrongUseException>(() => new Listeners(new() { Http = "127.0.0.1:0", Cluster = cluster, Database = database })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("no certificate at all")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void A_file_that_is_no_certificate_with_its_key_is_wrong_use(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-tls-").FullName, "server.pem");
        File.WriteAllText(file, text);
        Assert.Contains("--cert " + file, Assert.Throws<WrongUseException>(() => new Listeners(new() { Https = "127.0.0.1:0", Certificate = file })).Message, StringComparison.Ordinal);
        File.Move(file, file = Path.ChangeExtension(file, ".pfx"));
        Assert.Contains("--cert " + file, Assert.Throws<WrongUseException>(() => new Listeners(new() { Https = "127.0.0.1:0", Certificate = file })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "its key has a password: give it as CertificatePassword")]
    [InlineData("other", "CertificatePassword does not open it")]
    public void A_key_that_the_password_does_not_open_says_so(string? password, string says)
    {
        using var authority = new TestAuthority();
        using var own = authority.Server();
        var pfx = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-tls-").FullName, "server.pfx");
        var pem = Path.ChangeExtension(pfx, ".pem");
        File.WriteAllBytes(pfx, own.Export(X509ContentType.Pkcs12, "right"));
        using var key = own.GetECDsaPrivateKey()!;
        File.WriteAllText(pem, own.ExportCertificatePem() + "\n" + key.ExportEncryptedPkcs8PrivateKeyPem("right", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        foreach (var file in (string[])[pfx, pem])
        {
            var refused = Assert.Throws<WrongUseException>(() => new Listeners(new() { Https = "127.0.0.1:0", Certificate = file, CertificatePassword = password }));
            Assert.Contains($"--cert {file}: {says}", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1883", null, "Ingest:Mqtt '1883'")]
    [InlineData("127.0.0.1:mqtt", null, "Ingest:Mqtt '127.0.0.1:mqtt'")]
    [InlineData("127.0.0.1:0", "nowhere.pem", "Ingest:MqttCertificate nowhere.pem")]
    public void A_port_for_sensors_that_cannot_be_opened_so_is_wrong_use(string address, string? certificate, string named) =>
        Assert.Contains(named, Assert.Throws<WrongUseException>(() => new Listeners(new() { Http = "127.0.0.1:0", Ingest = new() { Mqtt = address, MqttCertificate = certificate } })).Message, StringComparison.Ordinal);

    private static Task<Server> StartAsync(params (string Name, string? Value)[] settings)
    {
        Dictionary<string, string?> said = new() { ["Data"] = Directory.CreateTempSubdirectory("qingyuan-tls-").FullName, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0" };
        foreach (var (name, value) in settings) said[name] = value;
        return Server.StartAsync(said.Where(pair => pair.Value is not null).ToDictionary());
    }

    /// <summary>A client that trusts <paramref name="root"/> alone, or what the system trusts.</summary>
    private static HttpClient Client(Uri address, X509Certificate2? root)
    {
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        if (root is not null)
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { root } };
        return new HttpClient(handler) { BaseAddress = address };
    }
}
