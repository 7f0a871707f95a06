using System.Net;
using System.Net.Sockets;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Benchmarks.Platform;

/// <summary>A gateway that speaks for several stations over one connection, in turns. A station's stamps go on by at least a second from frame to frame.</summary>
internal sealed class GasLogger(int first, int stations, int window) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _out = new byte[GasFrame.Length * window];
    private readonly byte[] _in = new byte[GasFrame.AnswerLength * window];
    private DateTime _stamp = Now().AddSeconds(-1);
    private int _sent;
    private int _carry;

    public Task ConnectAsync(IPEndPoint address) => _socket.ConnectAsync(address);

    /// <summary>Sends <paramref name="frames"/>, never more than the window unanswered, and returns when all are answered.</summary>
    public async Task SendAsync(int frames)
    {
        var (open, rest) = (0, frames);
        while (open > 0 || rest > 0)
        {
            var count = Math.Min(window - open, rest);
            if (count > 0) await WriteAsync(count);
            (open, rest) = (open + count, rest - count);
            open -= await AnswersAsync();
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask WriteAsync(int count)
    {
        for (var i = 0; i < count; i++, _sent++)
        {
            if (_sent % stations == 0) _stamp = Later(_stamp.AddSeconds(1), Now());
            GasFrame.Write(_out.AsSpan(i * GasFrame.Length, GasFrame.Length), first + (_sent % stations), _stamp, _sent);
        }

        for (var rest = _out.AsMemory(0, count * GasFrame.Length); !rest.IsEmpty;) rest = rest[await _socket.SendAsync(rest)..];
    }

    /// <summary>Waits for whole answers.</summary>
    private async ValueTask<int> AnswersAsync()
    {
        var read = await _socket.ReceiveAsync(_in);
        if (read is 0) throw new IOException("The platform closed the connection.");
        _carry += read;
        var answers = _carry / GasFrame.AnswerLength;
        _carry -= answers * GasFrame.AnswerLength;
        return answers;
    }

    private static DateTime Now() => StationClock.Wall(TimeProvider.System.GetUtcNow());

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
