using System.Net.Security;
using System.Net.Sockets;

namespace Qingyuan.Host.Relaying;

/// <summary>A connection to the serving node, greeted.</summary>
internal sealed class ServingConnection(Socket socket, Stream stream) : IAsyncDisposable
{
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
