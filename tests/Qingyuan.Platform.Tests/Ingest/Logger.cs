using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>A data logger that speaks real bytes over a real socket and says nothing of its own.</summary>
internal sealed class Logger : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Queue<string> _frames = [];
    private string _begun = "";

    private Logger(Socket socket) => _socket = socket;

    public EndPoint LocalEndPoint => _socket.LocalEndPoint!;

    public static async Task<Logger> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset)
        {
            // Refused before we knew that we were connected; the first read says so.
        }

        return new(socket);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes)..];
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>No more from here; answers are still read.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next frame from the host.</summary>
    public async Task<string> ReadAsync() => await TryReadAsync() ?? throw new EndOfStreamException("The host closed the connection.");

    /// <summary>The next frame, null when the host closed the connection instead.</summary>
    public async Task<string?> TryReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_frames.TryDequeue(out var frame)) return frame;
            if (await ReceiveAsync(patience.Token) is 0) return null;
        }
    }

    /// <summary>Everything the host still says before it closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await ReceiveAsync(patience.Token) > 0);
        return string.Concat(_frames.Append(_begun));
    }

    public void Dispose() => _socket.Dispose();

    public static byte[] Frame(string segment)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, Encoding.UTF8.GetBytes(segment));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A real-time upload of one value that asks for its answer.</summary>
    public static byte[] Upload(string mn, int number, string password = "123456", string cn = "2011", int flag = 5) =>
        Frame($"QN={Qn(number)};ST=32;CN={cn};PW={password};MN={mn};Flag={flag};CP=&&DataTime={Qn(number)[..14]};w01018-Rtd={number % 100}.2,w01018-Flag=N&&");

    public static string Qn(int number) => new DateTime(2026, 3, 1, 8, 0, 0).AddMilliseconds(number).ToString("yyyyMMddHHmmssfff", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<int> ReceiveAsync(CancellationToken ct)
    {
        try
        {
            var read = await _socket.ReceiveAsync(_buffer, ct);
            Keep(Encoding.UTF8.GetString(_buffer, 0, read));
            return read;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.NotConnected)
        {
            return 0;
        }
    }

    private void Keep(string text)
    {
        var lines = (_begun + text).Split("\r\n");
        foreach (var line in lines[..^1]) _frames.Enqueue(line + "\r\n");
        _begun = lines[^1];
    }
}
