using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Qingyuan.Host.Relaying;

/// <summary>Kestrel's socket transport, which can free its ports while the connections it has go on.</summary>
internal sealed class RelayTransport : IConnectionListenerFactory
{
    private const int Buffer = 32 * 1024;

    private readonly SocketTransportFactory _sockets;
    private readonly List<IConnectionListener> _bound = [];

    public RelayTransport(IOptionsFactory<SocketTransportOptions> kestrels, ILoggerFactory logging)
    {
        // Kestrel's own options are where its pool of blocks comes from.
        var options = kestrels.Create(Options.DefaultName);
        (options.MaxReadBufferSize, options.MaxWriteBufferSize, options.NoDelay, options.Backlog) = (Buffer, Buffer, true, 4096);
        _sockets = new(Options.Create(options), logging);
    }

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await _sockets.BindAsync(endpoint, cancellationToken);
        _bound.Add(listener);
        return listener;
    }

    public async Task UnbindAsync()
    {
        foreach (var listener in _bound) await listener.UnbindAsync();
    }
}
