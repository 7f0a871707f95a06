using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Commands;
using Qingyuan.Host.Serving;
using Qingyuan.Hj212.Framing;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Tests.Ingest;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>Several listeners at once: who may call at each, and how bytes travel there.</summary>
public class Hj212ListenerTests
{
    // Of a station that nobody filed: it is kept and not answered.
    private static readonly byte[] Frame = new FrameBuilder { Qn = "20260301080000000", St = "32", Cn = "2011", Pw = "123456", Mn = "990000A8900016F000169D01", Flag = 5, Area = "DataTime=20260301080000;w01018-Rtd=1.0,w01018-Flag=N" }.ToBytes();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.2-2")]
    public async Task A_listener_with_a_certificate_speaks_tls_and_one_with_an_authority_knows_its_callers()
    {
        using var authority = new TestAuthority();
        using var strangers = new TestAuthority();
        var root = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-line-").FullName, "root.pem");
        await File.WriteAllTextAsync(root, authority.Root.ExportCertificatePem(), Ct);
        await using var server = await StartAsync(("0:Address", "127.0.0.1:0"), ("0:Certificate", authority.ServerFile()), ("0:ClientAuthority", root));
        var line = server.Listeners.LineEndPoint(0);
        Assert.EndsWith(" hj212.0=" + line, server.Listeners.Ready(), StringComparison.Ordinal);
        Assert.Equal([(false, false), (true, true)], Health(server).Lines.Select(each => (each.Encrypted, each.KnowsCallers)));

        using var known = authority.FromRoot();
        await SendAsync(line, authority.Root, known);
        await Eventually.That(() => Health(server).Received == 1);

        using var unknown = strangers.FromRoot();
        await SendAsync(line, authority.Root, unknown);
        await SendAsync(line, authority.Root, null);
        Assert.Equal(1, Health(server).Received);
    }

    [Fact]
    public async Task Who_may_not_call_or_calls_too_often_is_closed_and_counted()
    {
        await using var server = await StartAsync(("0:Address", "127.0.0.1:0"), ("0:AllowedNetworks:0", "10.0.0.0/8"), ("1:Address", "127.0.0.1:0"), ("1:Connections", "1"));
        Assert.Equal(0, await AnswerAsync(server.Listeners.LineEndPoint(0)));
        Assert.Equal(1, Health(server).Reasons["AddressNotAllowed"]);

        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(server.Listeners.LineEndPoint(1), Ct);
        await Eventually.That(() => Health(server).Lines[2].Connections == 1);
        Assert.Equal(0, await AnswerAsync(server.Listeners.LineEndPoint(1)));
        Assert.Equal(1, Health(server).Reasons["TooManyConnections"]);
        first.Close();
        await Eventually.That(() => Health(server).Lines[2].Connections == 0);
    }

    [Theory]
    [InlineData("Hj212Listeners[0].Address", "Address", "nowhere")]
    [InlineData("Hj212Listeners[0].AllowedNetworks", "AllowedNetworks:0", "everyone")]
    [InlineData("Hj212Listeners[0].ClientAuthority", "ClientAuthority", "/nowhere.pem")]
    [InlineData("Hj212Listeners[0].Certificate", "Certificate", "/nowhere.pem")]
    [InlineData("Hj212Listeners[0].AcceptsPerSecond", "AcceptsPerSecond", "0")]
    public async Task A_setting_that_cannot_be_used_is_named(string named, string setting, string value)
    {
        var said = setting is "Address" ? new[] { ("0:Address", value) } : [("0:Address", "127.0.0.1:0"), ("0:" + setting, value)];
        Assert.StartsWith(named, (await Assert.ThrowsAsync<WrongUseException>(() => StartAsync(said))).Message, StringComparison.Ordinal);
    }

    private static IngestHealth Health(Server server) => server.Services.GetRequiredService<IIngestHealth>().Now;

    private static Task<Server> StartAsync(params (string Name, string Value)[] lines)
    {
        Dictionary<string, string?> said = new() { ["Data"] = Directory.CreateTempSubdirectory("qingyuan-line-").FullName, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0" };
        foreach (var (name, value) in lines) said["Hj212Listeners:" + name] = value;
        return Server.StartAsync(said);
    }

    /// <summary>Sends one frame over TLS, trusting <paramref name="root"/>, and waits for the server to close or to stay silent after our end.</summary>
    private static async Task SendAsync(IPEndPoint line, X509Certificate2 root, X509Certificate2? own)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(line, Ct);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            ClientCertificates = own is null ? null : [own],
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { root } },
        }, Ct);
        try
        {
            await tls.WriteAsync(Frame, Ct);
            await tls.ShutdownAsync(); // a server that took us reads to the end and closes
            Assert.Equal(0, await tls.ReadAsync(new byte[1], Ct));
        }
        catch (IOException)
        {
            // A line whose certificate was refused may be closed either way.
        }
    }

    /// <summary>Bytes the server sends before it closes.</summary>
    private static async Task<int> AnswerAsync(IPEndPoint line)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(line, Ct);
            return await socket.ReceiveAsync(new byte[64], Ct);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset)
        {
            return 0;
        }
    }
}
