using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>Kestrel's own socket transport with the buffers of a logger's line instead of a browser's.</summary>
/// <remarks>Kestrel asks its transports, the last registered first, which binds an end point; HTTP keeps the default one.</remarks>
internal sealed class Hj212Transport(IngestOptions options, IOptionsFactory<SocketTransportOptions> kestrels, ILoggerFactory logging) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Of the kernel, per direction and connection. Fixed, so that a peer that does not read cannot make it grow.</summary>
    private const int KernelBuffer = 64 * 1024;

    private const int AnswersUnsent = 32 * 1024;

    private readonly SocketTransportFactory _sockets = new(Options.Create(Small(kestrels.Create(Options.DefaultName), options)), logging);

    /// <summary>Where it listens, with the ports the system chose.</summary>
    public IReadOnlyList<IPEndPoint> Bound { get; private set; } = [];

    public bool CanBind(EndPoint endpoint) => endpoint is Hj212EndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await _sockets.BindAsync(endpoint, cancellationToken);
        Bound = [.. Bound, (IPEndPoint)listener.EndPoint];
        return listener;
    }

    /// <summary>Kestrel's own options are where its pool of blocks comes from: options made new share the process's array pool, which a thousand connections overflow at every read.</summary>
    private static SocketTransportOptions Small(SocketTransportOptions kestrels, IngestOptions options)
    {
        kestrels.MaxReadBufferSize = options.UnreadBytes;
        kestrels.MaxWriteBufferSize = AnswersUnsent;
        kestrels.NoDelay = true;
        kestrels.Backlog = 4096;
        kestrels.CreateBoundListenSocket = Bind;
        return kestrels;
    }

    private static Socket Bind(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.ReceiveBufferSize = KernelBuffer;
        socket.SendBufferSize = KernelBuffer;
        return socket;
    }
}
