using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Qingyuan.Host.Relaying;

namespace Qingyuan.Platform.Tests.Cluster;

/// <summary>Somebody who has no certificate, or one of his own making, at an address that is for nodes alone.</summary>
internal static class Stranger
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task IsRefusedAsync(IPEndPoint address)
    {
        foreach (var certificate in new[] { null, NodeIdentity.Create(TimeProvider.System).Certificate })
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(address, Ct);
            await using var stream = new SslStream(socket.GetStream());
            var error = await Record.ExceptionAsync(async () =>
            {
                await stream.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = NodeIdentity.Name, ClientCertificates = certificate is null ? [] : [certificate], RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null }, Ct);
                await stream.WriteAsync(new RelayHeader("x", "http", new(IPAddress.Loopback, 1)).ToBytes(), Ct);
                if (await stream.ReadAsync(new byte[1], Ct) is 0) throw new IOException("closed");
            });
            Assert.True(error is IOException or AuthenticationException, error?.ToString() ?? "let in");
        }
    }
}
