using System.Net.Security;
using System.Net.Sockets;

namespace Qingyuan.Host.Relaying;

/// <summary>A connection to the serving node, greeted.</summary>
/// <param name="socket">Below.</param>
/// <param name="stream">For both ways.</param>
/// <param name="gone">The serving node was found dead.</param>
internal sealed class ServingConnection(Socket socket, Stream stream, CancellationToken gone) : IAsyncDisposable
{
    public CancellationToken Gone => gone;

    public Stream Stream => stream;

    /// <summary>The caller said its last word; answers may still come.</summary>
    public async Task EndSendingAsync()
    {
        if (stream is SslStream encrypted) await encrypted.ShutdownAsync();
        else socket.Shutdown(SocketShutdown.Send);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        socket.Dispose();
    }
}
