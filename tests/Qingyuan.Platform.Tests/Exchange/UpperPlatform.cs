using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>A further platform over a real socket: keeps every frame in the order it came, and answers as told. Goes away and comes back on the same port.</summary>
internal sealed class UpperPlatform : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Socket> _lines = [];
    private readonly int _port;
    private TcpListener? _listener;
    private Socket? _place;
    private Task _accepting = Task.CompletedTask;

    public UpperPlatform()
    {
        Open(0);
        _port = Port;
    }

    public int Port => _listener is { } listener ? ((IPEndPoint)listener.LocalEndpoint).Port : _port;

    /// <summary>Whole frames, resends included.</summary>
    public ConcurrentQueue<byte[]> Received { get; } = [];

    /// <summary>What it answered requests of its own with.</summary>
    public ConcurrentQueue<string> Answers { get; } = [];

    /// <summary>What comes back for a frame; null says nothing.</summary>
    public Func<byte[], byte[]?> Answer { get; set; } = DataReply;

    public IEnumerable<string> Texts => Received.Select(Encoding.UTF8.GetString);

    public void Open(int port = -1)
    {
        _place?.Dispose();
        _listener = new(IPAddress.Loopback, port < 0 ? _port : port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Nobody listens any more, and lines are cut in the middle of whatever they carry.</summary>
    public void GoAway()
    {
        _listener?.Dispose();
        _listener = null;
        CutLines();
        // Bound and not listening: nobody is let in, and the port is given to nobody else until it comes back.
        _place = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _place.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _place.Bind(new IPEndPoint(IPAddress.Loopback, _port));
    }

    public void CutLines()
    {
        while (_lines.TryTake(out var line)) line.Close(0);
    }

    /// <summary>Asks something down the newest line.</summary>
    public async Task AskAsync(byte[] request)
    {
        Assert.True(_lines.TryPeek(out var line));
        await line.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        GoAway();
        _place?.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    public static byte[] DataReply(byte[] frame)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(SegmentHeader.TryParse(frame.AsSpan()[6..^6], out var header, out _));
        Replies.WriteDataReply(output, header);
        return output.WrittenSpan.ToArray();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var line = await listener.AcceptSocketAsync(_end.Token);
                _lines.Add(line);
                _ = ServeAsync(line);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(Socket line)
    {
        var reader = PipeReader.Create(new NetworkStream(line));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(_end.Token);
                var buffer = result.Buffer;
                while (Cut(ref buffer) is { } frame) await HeardAsync(line, frame);
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted) return;
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // cut
        }
    }

    // By length: an encrypted area holds any byte, and its check value is of what cannot be read here.
    private static byte[]? Cut(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < 6) return null;
        var length = 6 + int.Parse(Encoding.ASCII.GetString(buffer.Slice(2, 4).ToArray()), System.Globalization.CultureInfo.InvariantCulture) + 6;
        if (buffer.Length < length) return null;
        var frame = buffer.Slice(0, length).ToArray();
        buffer = buffer.Slice(length);
        return frame;
    }

    private async Task HeardAsync(Socket line, byte[] frame)
    {
        if (Encoding.ASCII.GetString(frame).Contains(";CN=9011;", StringComparison.Ordinal))
        {
            Answers.Enqueue(Encoding.ASCII.GetString(frame));
            return;
        }

        Received.Enqueue(frame);
        if (Answer(frame) is { } answer) await line.SendAsync(answer);
    }
}
