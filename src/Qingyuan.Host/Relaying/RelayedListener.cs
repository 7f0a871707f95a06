using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Shared.Nodes;

namespace Qingyuan.Host.Relaying;

/// <summary>Where the serving node takes what came to the others. Only who shows the installation's certificate gets past the handshake.</summary>
internal sealed class RelayedListener(IPEndPoint address, X509Certificate2 identity)
{
    private static readonly TimeSpan HeaderPatience = TimeSpan.FromSeconds(10);
    private ListenOptions? _open;

    public X509Certificate2 Identity => identity;

    public IPEndPoint EndPoint => _open!.IPEndPoint!;

    public void Apply(KestrelServerOptions kestrel)
    {
        var services = kestrel.ApplicationServices;
        var (relayed, loggers) = (services.GetRequiredService<RelayedConnections>(), services.Hj212Line());
        // The small buffers of a logger's line: what waits here unread belongs to callers nobody knows.
        kestrel.Listen(new Hj212EndPoint(address.Address, address.Port), listen =>
        {
            _open = listen;
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(Known);
            listen.Use(http => connection => TakeAsync(connection, relayed, loggers, http));
        });
    }

    private void Known(HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificate = identity;
        https.SslProtocols = SslProtocols.Tls13;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.ClientCertificateValidation = (shown, _, _) => NodeIdentity.IsSame(shown, identity);
        https.OnAuthenticate = (_, options) => options.CertificateChainPolicy = Unchained();
    }

    /// <summary>Bytes decide, so nothing is built, fetched or asked.</summary>
    internal static X509ChainPolicy Unchained() => new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true, VerificationFlags = X509VerificationFlags.AllFlags };

    private static async Task TakeAsync(ConnectionContext connection, RelayedConnections relayed, ConnectionDelegate loggers, ConnectionDelegate http)
    {
        if (await HeaderAsync(connection) is not { } header) return;
        connection.RemoteEndPoint = header.Caller;
        using var counted = relayed.Enter(header.Node);
        if (header.Line.StartsWith("hj212", StringComparison.Ordinal)) await loggers(connection);
        else
        {
            // The caller's own line is what a page may see, not the one between the nodes.
            connection.Features.Set<ITlsConnectionFeature>(header.Line is "https" ? new TlsConnectionFeature() : null);
            await http(connection);
        }
    }

    private static async Task<RelayHeader?> HeaderAsync(ConnectionContext connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(HeaderPatience);
        try
        {
            while (true)
            {
                var read = await connection.Transport.Input.ReadAsync(patience.Token);
                var rest = read.Buffer;
                var header = RelayHeader.Read(ref rest);
                connection.Transport.Input.AdvanceTo(rest.Start, header is null ? rest.End : rest.Start);
                if (header is not null || read.IsCompleted) return header;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or FormatException or IOException)
        {
            connection.Abort(new ConnectionAbortedException(error.Message));
            return null;
        }
    }
}
