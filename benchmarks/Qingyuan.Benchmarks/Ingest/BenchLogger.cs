using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Benchmarks.Ingest;

/// <summary>One logger of the generator. Its frame is made once; each sending gets a new QN and check value, so none is a repeat.</summary>
internal sealed class BenchLogger : IDisposable
{
    public const int MostStations = 1000;
    private const int QnAt = 9;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _frame;
    private readonly byte[] _out;
    private readonly byte[] _in = new byte[16 * 1024];
    private readonly int _answerLength;
    private long _number;
    private int _carry;

    public BenchLogger(int station, int window)
    {
        _frame = Frame(station);
        _out = new byte[_frame.Length * window];
        _answerLength = 12 + $"QN=20260101000000000;ST=91;CN=9014;PW=123456;MN={Mn(station)};Flag=4;CP=&&&&".Length;
    }

    public int FrameLength => _frame.Length;

    public static string Mn(int station) => string.Create(CultureInfo.InvariantCulture, $"010000A8900016F0{station:D8}");

    public static byte[] Frame(int station)
    {
        var factors = new[] { "w01018", "w21003", "w21011", "w21001", "w01001", "w00000", "w01010" }
            .Select((factor, i) => string.Create(CultureInfo.InvariantCulture, $"{factor}-Min={10.1m + i},{factor}-Avg={11.25m + i},{factor}-Max={14.7m + i},{factor}-Flag=N"));
        return new FrameBuilder { Qn = "20260101000000000", St = "32", Cn = "2051", Pw = "123456", Mn = Mn(station), Flag = 5, Area = "DataTime=20260101000000;" + string.Join(';', factors) }.ToBytes();
    }

    public async Task ConnectAsync(IPEndPoint address) => await _socket.ConnectAsync(address);

    /// <summary>Sends <paramref name="count"/> new frames glued together.</summary>
    public async ValueTask SendAsync(int count, CancellationToken ct)
    {
        for (var i = 0; i < count; i++) Next(_out.AsSpan(i * _frame.Length, _frame.Length));
        for (var rest = _out.AsMemory(0, count * _frame.Length); !rest.IsEmpty;) rest = rest[await _socket.SendAsync(rest, ct)..];
    }

    /// <summary>Waits for answers; returns how many whole ones came.</summary>
    public async ValueTask<int> ReceiveAsync(CancellationToken ct)
    {
        var read = await _socket.ReceiveAsync(_in, ct);
        if (read is 0) throw new IOException("The server closed the connection.");
        _carry += read;
        var answers = _carry / _answerLength;
        _carry -= answers * _answerLength;
        return answers;
    }

    /// <summary>Keeps <paramref name="window"/> frames unanswered until cancelled.</summary>
    public async Task LoopAsync(int window, Action<int> answered, CancellationToken ct)
    {
        try
        {
            await SendAsync(window, ct);
            while (true)
            {
                var answers = await ReceiveAsync(ct);
                answered(answers);
                if (answers > 0) await SendAsync(answers, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // measured
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Next(Span<byte> frame)
    {
        _frame.CopyTo(frame);
        (_number++).TryFormat(frame.Slice(QnAt + 4, 13), out _, "D13", CultureInfo.InvariantCulture);
        Crc16.Compute(frame[6..^6]).TryFormat(frame[^6..^2], out _, "X4", CultureInfo.InvariantCulture);
    }
}
