using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Shared.Nodes;

namespace Qingyuan.Host.Relaying;

/// <summary>Where the serving node takes what came to the others. Only who shows the installation's certificate, or knows its secret, gets past the greeting.</summary>
internal sealed partial class RelayedListener(IPEndPoint address, Func<NodeIdentity> identity)
{
    private static readonly TimeSpan GreetingPatience = TimeSpan.FromSeconds(10);
    private ListenOptions? _open;

    public IPEndPoint EndPoint => _open!.IPEndPoint!;

    public void Apply(KestrelServerOptions kestrel)
    {
        var take = new Taking(
            kestrel.ApplicationServices.GetRequiredService<RelayedConnections>(), kestrel.ApplicationServices.GetRequiredService<INodeCopies>(),
            kestrel.ApplicationServices.Hj212Line(), kestrel.ApplicationServices.SensorLine(), kestrel.ApplicationServices.GetRequiredService<ILogger<RelayedListener>>());
        // The small buffers of a logger's line: what waits here unread belongs to callers nobody knows.
        kestrel.Listen(new Hj212EndPoint(address.Address, address.Port), listen =>
        {
            _open = listen;
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(encrypted => connection => BranchAsync(connection, take, encrypted));
            listen.UseHttps(Known);
            listen.Use(http => connection => GreetedAsync(connection, take, EncryptedHeaderAsync, header => take.RunAsync(connection, header, http)));
        });
    }

    /// <summary>Bytes decide, so nothing is built, fetched or asked.</summary>
    internal static X509ChainPolicy Unchained() => new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true, VerificationFlags = X509VerificationFlags.AllFlags };

    private void Known(HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificateSelector = (_, _) => identity().Certificate;
        https.SslProtocols = SslProtocols.Tls13;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.ClientCertificateValidation = (shown, _, _) => identity().IsShownBy(shown);
        https.OnAuthenticate = (_, options) => options.CertificateChainPolicy = Unchained();
    }

    private async Task BranchAsync(ConnectionContext connection, Taking take, ConnectionDelegate encrypted)
    {
        if (await IsPlainAsync(connection) is not { } isPlain) return;
        if (!isPlain) await encrypted(connection);
        else await GreetedAsync(connection, take, (caller, ct) => PlainGreeting.HearAsync(caller.Transport, identity().Secret, ct), header => take.RunPlainAsync(connection, header));
    }

    /// <summary>The first byte tells a plain greeting from a handshake. Null when the other went before it said anything.</summary>
    private static async Task<bool?> IsPlainAsync(ConnectionContext connection)
    {
        try
        {
            var read = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
            bool? isPlain = read.Buffer.IsEmpty ? null : read.Buffer.FirstSpan[0] is PlainGreeting.First;
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            return isPlain;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task GreetedAsync(ConnectionContext connection, Taking take, Func<ConnectionContext, CancellationToken, Task<RelayHeader?>> greet, Func<RelayHeader, Task> run)
    {
        RelayHeader? header;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed))
        {
            patience.CancelAfter(GreetingPatience);
            try
            {
                header = await greet(connection, patience.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or FormatException or IOException)
            {
                LogRefused(take.Log, connection.RemoteEndPoint, error.Message);
                connection.Abort(new ConnectionAbortedException(error.Message));
                return;
            }
        }

        if (header is not null) await run(header);
    }

    private static async Task<RelayHeader?> EncryptedHeaderAsync(ConnectionContext connection, CancellationToken ct)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(ct);
            var rest = read.Buffer;
            var header = RelayHeader.Read(ref rest);
            connection.Transport.Input.AdvanceTo(rest.Start, header is null ? rest.End : rest.Start);
            if (header is not null || read.IsCompleted) return header;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A connection from {Address} is not of a node of this installation: {Why}")]
    private static partial void LogRefused(ILogger log, EndPoint? address, string why);

    /// <summary>What runs a greeted connection.</summary>
    private sealed class Taking(RelayedConnections relayed, INodeCopies copies, ConnectionDelegate loggers, ConnectionDelegate sensors, ILogger log)
    {
        public ILogger Log => log;

        public async Task RunAsync(ConnectionContext connection, RelayHeader header, ConnectionDelegate http)
        {
            if (header.Line is CopyLoop.Line)
            {
                await CopyAsync(connection, header.Node);
                return;
            }

            connection.RemoteEndPoint = header.Caller;
            using var counted = relayed.Enter(header.Node);
            // The caller's own line is what a page may see, not the one between the nodes.
            connection.Features.Set<ITlsConnectionFeature>(header.Line is "https" ? new TlsConnectionFeature() : null);
            await (IsLogger(header) ? loggers : header.Line is Listeners.Sensors ? sensors : http)(connection);
        }

        /// <summary>Only what loggers say may travel in clear.</summary>
        public async Task RunPlainAsync(ConnectionContext connection, RelayHeader header)
        {
            if (!IsLogger(header)) return;
            connection.RemoteEndPoint = header.Caller;
            using var counted = relayed.Enter(header.Node);
            await loggers(connection);
        }

        private static bool IsLogger(RelayHeader header) => header.Line.StartsWith("hj212", StringComparison.Ordinal);

        private async Task CopyAsync(ConnectionContext connection, string node)
        {
            try
            {
                await copies.ServeAsync(node, connection.Transport.Input.AsStream(), connection.Transport.Output.AsStream(), connection.ConnectionClosed);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                connection.Abort(new ConnectionAbortedException(error.Message));
            }
        }
    }
}
