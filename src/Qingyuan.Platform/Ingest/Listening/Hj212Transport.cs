using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>Kestrel's own socket transport with the buffers of a logger's line instead of a browser's.</summary>
/// <remarks>Kestrel asks its transports, the last registered first, which binds an end point; HTTP keeps the default one.</remarks>
internal sealed class Hj212Transport(IngestOptions options, ILoggerFactory logging) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Of the kernel, per direction and connection. Fixed, so that a peer that does not read cannot make it grow.</summary>
    private const int KernelBuffer = 64 * 1024;

    private const int AnswersUnsent = 32 * 1024;

    private readonly SocketTransportFactory _sockets = new(
        Options.Create(new SocketTransportOptions
        {
            MaxReadBufferSize = options.UnreadBytes,
            MaxWriteBufferSize = AnswersUnsent,
            NoDelay = true,
            Backlog = 4096,
            CreateBoundListenSocket = Bind,
        }),
        logging);

    /// <summary>Where it listens, with the ports the system chose.</summary>
    public IReadOnlyList<IPEndPoint> Bound { get; private set; } = [];

    public bool CanBind(EndPoint endpoint) => endpoint is Hj212EndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await _sockets.BindAsync(endpoint, cancellationToken);
        Bound = [.. Bound, (IPEndPoint)listener.EndPoint];
        return listener;
    }

    private static Socket Bind(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.ReceiveBufferSize = KernelBuffer;
        socket.SendBufferSize = KernelBuffer;
        return socket;
    }
}
