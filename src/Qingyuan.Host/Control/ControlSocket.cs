using System.Net.Sockets;
using System.Text.Json;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Control;

/// <summary>The Unix socket in the data directory: one JSON line asks, one answers. Who can open it is decided by the file system.</summary>
internal static class ControlSocket
{
    /// <summary>The kernel takes no longer path than about this.</summary>
    private const int LongestPath = 100;

    public static string PathOf(DataDirectory data)
    {
        var near = Path.Combine(data.Root, "control.sock");
        if (near.Length <= LongestPath) return near;
        // A deep directory: the socket stands in a private folder with a short name that the directory's own path decides.
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(data.Root)))[..16];
        return Path.Combine(Path.GetTempPath(), $"qingyuan-{digest}.sock");
    }

    public static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>Asks a running server; null when none runs.</summary>
    public static async Task<ControlAnswer?> AskAsync(DataDirectory data, ControlRequest request, CancellationToken ct)
    {
        var path = PathOf(data);
        if (!File.Exists(path)) return null;
        using var socket = New();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
        }
        catch (SocketException)
        {
            // Left behind by a server that was killed.
            return null;
        }

        await using var stream = new NetworkStream(socket);
        await JsonSerializer.SerializeAsync(stream, request, JsonSerializerOptions.Web, ct);
        socket.Shutdown(SocketShutdown.Send);
        try
        {
            return await JsonSerializer.DeserializeAsync<ControlAnswer>(stream, JsonSerializerOptions.Web, ct) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new IOException("The running server ended before it answered; whether it did what was asked is not known.");
        }
    }
}
