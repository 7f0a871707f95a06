using System.Net;
using System.Net.Sockets;

namespace Qingyuan.Testing;

/// <summary>Ports of loopback for programs that take no 0.</summary>
public static class FreePort
{
    private const int Lowest = 20_000;
    private const int LowestGiven = 32_768; // those from here on the system gives to whoever asks for any

    private static int _next = Random.Shared.Next(Lowest, LowestGiven);

    /// <summary>Nobody listens at it now, and nobody gets it by chance: neither before it is opened, nor while a server that is down comes back to it.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Lowest + (Interlocked.Increment(ref _next) % (LowestGiven - Lowest));
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken
            }
        }
    }
}
